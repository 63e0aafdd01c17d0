"""Acts on the buttons of a page: takes an incident on, silences or ends it, stops a story's drafts (K4), pauses publishing (K5)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Protocol

from monitor.domain import Incident, IncidentStatus, Story
from monitor.text import clean, clip
from responders.approval import blocks as b
from responders.approval.blocks import Block
from responders.approval.parts import Person
from responders.approval.people import People
from responders.approval.words import say
from responders.rows import Outcome

PREFIX = "incident_"
"""So the monitor's buttons begin."""
HOLD = "hold"
"""The modal in which a story is chosen."""
PRESSED = frozenset({"acknowledge", "silence", "resolve"})
"""What the monitor itself acts on, at its next look."""
_MOST_DIGITS = 18


class PageDesk(Protocol):
    """What stands behind the buttons of a page."""

    def incident(self, incident_id: int) -> Incident | None:
        """Return an incident as it stands."""
        ...

    def press(self, incident: Incident, action: str, person: Person) -> None:
        """Write down for the monitor that a person pressed a button."""
        ...

    def stories(self, incident: Incident) -> Sequence[Story]:
        """Return what is told about the brand while this lasts and may still be drafted for, what most people tell first."""
        ...

    def stop(self, story_id: int, person: Person, reason: str) -> Outcome:
        """Stop a story's drafts."""
        ...


class Pages:
    """Everything that a press of a button on a page leads to; each answers with what to tell the person, or with a modal."""

    def __init__(self, desk: PageDesk, people: People, pause: Callable[[str, str], str]) -> None:
        self.desk = desk
        self.people = people
        self._pause = pause

    def press(self, user: str, action: str, value: str) -> str | Block:
        """Act on a pressed button."""
        language, deed = self.people.language(user), action.removeprefix(PREFIX)
        incident = self.desk.incident(int(value)) if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS else None
        if incident is None or deed not in {*PRESSED, HOLD, "pause"}:
            return say(language, "not_ours")
        if deed == "pause":
            return self._pause(user, say(language, "incident_why", number=incident.id))
        if refusal := self._refuse(user, incident, language):
            return refusal
        if deed == HOLD:
            found = self.desk.stories(incident)
            return hold_modal(incident, found, language) if found else say(language, "hold_none")
        if incident.status is IncidentStatus.RESOLVED:
            return say(language, "incident_over", who=incident.resolved_by)
        if deed == "acknowledge" and incident.status is IncidentStatus.ACKNOWLEDGED:
            return say(language, "incident_taken", who=incident.acknowledged_by)
        self.desk.press(incident, deed, self.people.person(user))
        return say(language, f"did_incident_{deed}")

    def hold(self, user: str, metadata: str, story: str, reason: str) -> str:
        """Stop the drafts of the story that was chosen, and return what to tell the person."""
        person, number = self.people.person(user), _recall(metadata)
        incident = self.desk.incident(number) if number is not None else None
        if incident is None:
            return say(person.language, "not_ours")
        if refusal := self._refuse(user, incident, person.language):
            return refusal
        # Only what the modal could offer: a number from elsewhere may be of a brand on which this person may not decide.
        chosen = next((one for one in self.desk.stories(incident) if str(one.id) == story), None)
        if chosen is None:
            return say(person.language, "hold_gone")
        words = clean(reason).strip() or say(person.language, "incident_why", number=incident.id)
        done = self.desk.stop(chosen.id, person, words)
        return say(person.language, "did_hold" if done.ok else "unavailable", **({"number": chosen.id} if done.ok else {}))

    def _refuse(self, user: str, incident: Incident, language: str) -> str:
        person = self.people.person(user)
        if person.brands is not None and (not person.brands or incident.brand in person.brands):
            return ""
        lines = self.people.settings.approvers
        names = list(dict.fromkeys(line.name for line in lines if not line.brands or incident.brand in line.brands))
        return say(language, "incident_stranger", who=", ".join(names) or "–")


def hold_modal(incident: Incident, stories: Sequence[Story], language: str) -> Block:
    """Return the modal that asks for which story the drafts stop; what most people tell is chosen already."""
    options = [
        b.option(say(language, "hold_option", people=one.authors, text=clip(b.foreign(one.headline), 50)), str(one.id)) for one in stories
    ]
    fields = [
        b.paragraph(say(language, "hold_text")),
        b.field("story", say(language, "hold_story"), b.select("story", options, initial=options[0])),
        b.field("reason", say(language, "hold_reason"), b.text_input("reason", multiline=True), optional=True),
    ]
    return b.modal(
        HOLD,
        say(language, "hold_title"),
        fields,
        close=say(language, "do_cancel"),
        metadata=json.dumps({"incident": incident.id}),
        submit=say(language, "hold_submit"),
    )


def _recall(metadata: str) -> int | None:
    try:
        found = json.loads(metadata)
    except ValueError:
        return None
    number = found.get("incident") if isinstance(found, dict) else None
    return number if isinstance(number, int) and 0 < number < 10**_MOST_DIGITS else None
