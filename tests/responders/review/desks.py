"""A card on a screen and a desk in memory, for the tests of the terminal desk."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from rich.console import Console

from monitor.domain import Approval, Delivery, Reply, ReplyStatus, Severity, Verdict
from responders import consent
from responders.review import Card, open_keyboard, render_card, run_desk
from tests.builders import NOW, a_version, an_objection

RED = an_objection("N4", Severity.RED, span=(0, 5), sentence="No source says so.")
AMBER = an_objection("R2", Severity.AMBER, span=(7, 10), sentence="The post names a place.")


def a_console(width: int = 80, *, colour: bool = False) -> Console:
    return Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="truecolor" if colour else None, legacy_windows=False
    )


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)

    return without_blanks(console.file.getvalue())


def without_blanks(screen: str) -> str:
    return "\n".join(line.rstrip() for line in screen.split("\n"))


def shown(card: Card, width: int = 80, *, colour: bool = False, whole_post: bool = False) -> str:
    console = a_console(width, colour=colour)
    console.print(render_card(card, NOW, whole_post=whole_post))
    return printed(console)


@dataclass
class Result:
    ok: bool
    sentence: str
    reply: Reply | None = None


@dataclass
class Drawer:
    """A desk's other side in memory, with the product's own rules of consent."""

    replies: dict[int, Reply]
    log: list[tuple[object, ...]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def next_reply(self, after_id: int) -> Card | None:
        waiting = [one for key, one in sorted(self.replies.items()) if key > after_id and one.status is ReplyStatus.AWAITING]
        return Card(waiting[0], waiting=len(waiting)) if waiting else None

    def approve(self, reply_id: int, sha256: str, name: str, override_reason: str) -> Result:
        reply = self.replies[reply_id]
        approval = Approval(name, sha256, NOW, override_reason)
        if sentence := consent.refuse_approval(reply, approval, ()):
            return Result(False, sentence, reply)
        needed = consent.needed(reply, approval)
        reply = replace(reply, approvals=(*reply.approvals, approval))
        if len(reply.approvals) < needed:
            return self._keep(reply, f"approved by {name}; a second person must agree")
        sent = ReplyStatus.HANDED_OVER if reply.delivery is Delivery.ASSISTED else ReplyStatus.APPROVED
        return self._keep(replace(reply, status=sent), "approved; it is being published")

    def offers(self, reply: Reply) -> list[str]:
        return self.others

    def edit(self, reply_id: int, text: str, name: str, seen: str) -> Result:
        reply = self.replies[reply_id]
        if seen != reply.version.sha256:
            return Result(False, f"reply {reply_id} was changed meanwhile by {reply.version.written_by}; yours was not saved", reply)
        objections = (RED,) if "4,50" in text else ()
        version = a_version(text, number=reply.version.number + 1, written_by=name, objections=objections)
        return self._keep(replace(reply, version=version, approvals=()), f"saved as version {version.number}")

    def reject(self, reply_id: int, name: str, reason: str, rule: str) -> Result:
        self.log.append((reply_id, name, reason, rule))
        return self._keep(replace(self.replies[reply_id], status=ReplyStatus.REJECTED), f"rejected by {name}: {reason}")

    def label(self, reply_id: int, verdict: Verdict, name: str) -> Result:
        self.log.append((reply_id, verdict, name))
        return Result(True, "noted", self.replies[reply_id])

    def snooze(self, reply_id: int, name: str, until: datetime) -> Result:
        self.log.append((reply_id, name, until))
        return self._keep(replace(self.replies[reply_id], status=ReplyStatus.SNOOZED, snoozed_until=until), "snoozed")

    def _keep(self, reply: Reply, sentence: str) -> Result:
        self.replies[reply.id] = reply
        return Result(True, sentence, reply)


def a_drawer(*replies: Reply) -> Drawer:
    return Drawer({reply.id: reply for reply in replies})


def sit(drawer: Drawer, typed: str, *, name: str = "Els Kamps", edit: Callable[[str], str] = lambda text: text) -> tuple[Counter[str], str]:
    """Run the desk with piped lines, as a script would, and return what was decided and what stood on the screen."""
    console = a_console()
    with open_keyboard(io.StringIO(typed), console) as keyboard:
        done = run_desk(drawer, console, name, read_key=keyboard.read_key, read_line=keyboard.read_line, edit_text=edit, now=lambda: NOW)
    return done, printed(console)
