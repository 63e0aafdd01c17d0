"""Says who somebody in Slack is and on what they may decide; the allow-list itself stands in responders.toml."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from monitor.contracts import AdapterError
from monitor.domain import Reply
from monitor.settings import SlackApprover, SlackSettings
from monitor.text import clip
from responders import consent
from responders.approval.blocks import foreign
from responders.approval.parts import Person
from responders.approval.routing import may_decide
from responders.approval.words import language_of

GROUP_KEPT = timedelta(minutes=5)
"""Who left a group may decide for so long still."""
USER_KEPT = timedelta(hours=1)
_MOST_KEPT = 2_000


class Directory(Protocol):
    """What is asked of Slack here."""

    def user(self, user: str) -> Mapping[str, Any]:
        """Return what Slack knows of a member."""
        ...

    def members_of(self, group: str) -> frozenset[str]:
        """Return the members of a user group."""
        ...


class People:
    """The people of one workspace; what Slack said of them is kept for a while."""

    def __init__(self, settings: SlackSettings, directory: Directory, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self._directory = directory
        self._clock = clock
        self._users: dict[str, tuple[datetime, Mapping[str, Any]]] = {}
        self._groups: dict[str, tuple[datetime, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def person(self, user: str) -> Person:
        """Return who a member is; raises Unavailable where their groups cannot be read, so that nobody is taken for an approver."""
        lines = self.lines_of(user)
        named = next((line.name for line in lines if line.user == user), "")
        return Person(
            user,
            named or f"{self._real_name(user)} ({user})",
            self.language(user),
            _union(line.brands for line in lines) if lines else None,
            _union(line.rules for line in lines),
            any(line.may_pause for line in lines),
        )

    def may_decide(self, user: str, reply: Reply) -> bool:
        """Say whether a member may decide on a reply."""
        return any(may_decide(line, reply) for line in self.lines_of(user))

    def who_may(self, reply: Reply) -> list[str]:
        """Return the names of those who may decide on a reply."""
        return list(dict.fromkeys(line.name for line in self.settings.approvers if may_decide(line, reply)))

    def who_may_pause(self) -> list[str]:
        """Return the names of those who may pause publishing."""
        return [line.name for line in self.settings.approvers if line.may_pause]

    def next_approvers(self, reply: Reply) -> list[SlackApprover]:
        """Return whom a waiting reply is passed on to, one after the other; groups are not called."""
        return [line for line in self.settings.approvers if line.user and may_decide(line, reply)]

    def name(self, user: str) -> str:
        """Return what a member is called on a card."""
        return next((line.name for line in self.settings.approvers if line.user == user), "") or self._real_name(user)

    def language(self, user: str) -> str:
        """Return the language of a member; that of the cards where Slack does not say."""
        locale = str(self._about(user).get("locale") or "")
        return language_of(locale) if locale else self.settings.language

    def lines_of(self, user: str) -> list[SlackApprover]:
        """Return the lines of the allow-list that mean a member, by id or by group."""
        found = [line for line in self.settings.approvers if line.user == user]
        return found + [line for line in self.settings.approvers if line.group and user in self._members(line.group)]

    def _members(self, group: str) -> frozenset[str]:
        with self._lock:
            kept = self._groups.get(group)
        if kept and self._clock() - kept[0] < GROUP_KEPT:
            return kept[1]
        members = self._directory.members_of(group)
        with self._lock:
            self._groups[group] = (self._clock(), members)
        return members

    def _real_name(self, user: str) -> str:
        about = self._about(user)
        profile = about.get("profile")
        name = about.get("real_name") or (profile.get("real_name") if isinstance(profile, dict) else "") or about.get("name") or user
        # A display name is the person's own to choose: it never stands in the audit without the id beside it.
        return clip(foreign(consent.bare_name(str(name))), 60) or user

    def _about(self, user: str) -> Mapping[str, Any]:
        with self._lock:
            kept = self._users.get(user)
        if kept and self._clock() - kept[0] < USER_KEPT:
            return kept[1]
        try:
            about = self._directory.user(user)
        except AdapterError:
            return kept[1] if kept else {}
        with self._lock:
            if len(self._users) >= _MOST_KEPT:
                self._users.clear()
            self._users[user] = (self._clock(), about)
        return about


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return everything that any of these covers; an empty one covers all."""
    found = list(lists)
    return () if any(not one for one in found) else tuple(dict.fromkeys(name for one in found for name in one))
