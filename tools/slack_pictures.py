"""Makes the pictures of docs/slack.md from the real cards and a headless Chromium: python -m tools.slack_pictures."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.domain import (
    Action,
    Approval,
    Author,
    Brand,
    Delivery,
    Fact,
    History,
    Label,
    Mention,
    MentionStatus,
    Objection,
    Reply,
    ReplyStatus,
    Sentiment,
    Severity,
    StoredMention,
    Triage,
    Version,
    text_hash,
)  # fmt: skip
from responders.approval.cards import render_card
from responders.approval.home import render_home, render_list
from responders.approval.modals import edit_modal
from responders.approval.parts import Decided, Figures, Person, Sheet, Switch
from tools import blockkit

AT = datetime(2026, 3, 2, 9, 2, tzinfo=UTC)
BRAND = Brand("waalfiets", "Waalfiets", (), signature="^EK")
LOCKS = Fact(
    "locks", "waalfiets", {"nl": "Vanochtend tussen 07.10 en 08.40 uur gingen de sloten niet open: onze slotenserver lag eruit."},
    "https://waalfiets.example/status",
)  # fmt: skip
CALM = "Dat is onze fout, Sanne: tussen 07.10 en 08.40 uur gingen onze sloten niet open. Je krijgt de rit terug. Lukt het nu? ^EK"
POST = "Sta ik wéér voor een dichte Waalfiets. App draait rondjes, slot doet niks, trein gemist. Bedankt @waalfiets 🙃"
HURT = "The brakes on my Waalfiets failed going down the bridge. I broke my wrist. Is anybody there even checking these bikes?"
HOLDING = (
    "We are so sorry you were hurt, Tom. Please do not ride the bike any more. We are finding out what happened and will answer "
    "here today before 17:00. The Waalfiets web team ^EK"
)
WIDTH = 780


def a_reply(number: int, text: str, post: str, author: Author, **changes: Any) -> Reply:
    """Return a reply of the sample brand that waits for approval."""
    rules = changes.pop("rules", ("T5", "T7"))
    language = changes.pop("language", "nl")
    objections = changes.pop("objections", ())
    version = Version(
        changes.pop("version_number", 1), text, text_hash(text), changes.pop("written_by", "template"), AT, objections, ("locks",)
    )
    mention = Mention("mastodon", str(number), "waalfiets", author, post, "https://social.example/@a/1", AT - timedelta(minutes=14))
    feeling = Sentiment(Label.NEGATIVE, -0.7, 0.93, "model", "4", language)
    triage = Triage(Action.ESCALATE if "T12" in rules else Action.RESPOND, rules, "")
    stored = StoredMention(number, mention, MentionStatus.DRAFTED, language, AT, feeling, triage)
    status = changes.pop("status", ReplyStatus.AWAITING)
    delivery = changes.pop("delivery", Delivery.API)
    reason = changes.pop("delivery_reason", "")
    return Reply(number, stored, status, delivery, reason, version, AT, expires_at=AT + timedelta(days=3), **changes)


def pages() -> Mapping[str, str]:
    """Return each picture's page by its name."""
    sanne, tom = Author("@sanne@social.example", "Sanne"), Author("@tom@social.example", "Tom R.")
    waiting = a_reply(12, CALM, POST, sanne)
    nag = Objection(
        "N1", Severity.RED, (0, 26), "An apology for what somebody felt is none: say what went wrong and that it was our fault."
    )
    late = Objection("R4", Severity.AMBER, (0, 0), "Say what happens next and by when.")
    red = a_reply(13, "Sorry if you felt unheard, Tom. The Waalfiets web team ^EK", "My repair takes three weeks now.", tom, language="en",
                  objections=(nag, late), version_number=2, written_by="Bob")  # fmt: skip
    yes = Approval("Els Kamps", text_hash(HOLDING), AT)
    crisis = a_reply(14, HOLDING, HURT, tom, rules=("T12", "T5"), language="en", approvals_needed=2, approvals=(yes,))
    posted = a_reply(12, CALM, POST, sanne, status=ReplyStatus.POSTED, posted_url="https://social.example/@waalfiets/9",
                     approvals=(Approval("Els Kamps", text_hash(CALM), AT),))  # fmt: skip
    by_hand = a_reply(15, CALM, POST, sanne, status=ReplyStatus.HANDED_OVER, delivery=Delivery.ASSISTED,
                      approvals=(Approval("Joris van Beek", text_hash(CALM), AT),))  # fmt: skip
    decided = Decided(ReplyStatus.APPROVED, "Els Kamps", AT)
    many = [a_reply(20 + n, CALM, f"Slot {n} op station Nijmegen gaat niet open #waalfiets", Author(f"@reiziger{n}")) for n in range(6)]
    figures = Figures(
        9, AT - timedelta(hours=2), {ReplyStatus.POSTED: 14, ReplyStatus.APPROVED: 15, ReplyStatus.REJECTED: 6}, Switch(on=True)
    )
    els = Person("U1", "Els Kamps", "nl", (), may_pause=True)
    home = [Sheet(crisis, BRAND, "nl"), Sheet(waiting, BRAND, "nl")]
    before = "We are sorry that you feel unheard, Tom. The Waalfiets web team ^EK"
    return {
        "card": _card(Sheet(waiting, BRAND, "nl", (LOCKS,), History(failed_before=True))),
        "red": _card(Sheet(red, BRAND, "en", before=before)),
        "crisis": _card(Sheet(crisis, BRAND, "en", owner="U0ELS")),
        "edit": blockkit.view(edit_modal(Sheet(red, BRAND, "en"), "C1", anyway=True), {"text": f"N1: {nag.sentence}"}),
        "decided": _card(Sheet(posted, BRAND, "nl", decided=decided)) + _card(Sheet(by_hand, BRAND, "nl", decided=decided)),
        "list": blockkit.message(render_list([Sheet(reply, BRAND, "nl") for reply in many], 31, "nl").blocks),
        "home": blockkit.view(render_home(els, home, 7, figures)),
    }


def _card(sheet: Sheet) -> str:
    return blockkit.message(render_card(sheet).blocks)


def shoot(folder: Path, browser: str = "chromium") -> None:
    """Write each picture into a folder, as high as what it shows."""
    with tempfile.TemporaryDirectory() as temporary:
        for name, body in pages().items():
            file = Path(temporary) / f"{name}.html"
            script = "<script>document.title = document.documentElement.scrollHeight</script>"
            file.write_text(blockkit.page(body, script), encoding="utf-8")
            base = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={temporary}/profile"]
            dumped = subprocess.run(
                [*base, f"--window-size={WIDTH},300", "--dump-dom", file.as_uri()], check=True, capture_output=True, text=True
            )
            height = int(dumped.stdout.split("<title>")[1].split("<")[0])
            picture = f"--screenshot={(folder / f'slack-{name}.png').absolute()}"
            subprocess.run([*base, f"--window-size={WIDTH},{height}", picture, file.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    shoot(Path(__file__).parent.parent / "docs", *sys.argv[1:])
