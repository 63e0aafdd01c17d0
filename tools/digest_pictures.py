"""Makes the pictures of docs/digest.md from the sample's real digest and a headless Chromium: python -m tools.digest_pictures."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import standing
from monitor.digest import Alarm, DayCount, Figures
from monitor.domain import Approval, Delivery
from monitor.standing import figures_of, put_into_words
from responders import pipeline as answering
from responders.limits import limit_for
from responders.posters.console import ConsolePoster
from tools.sample import APPROVER, Sample, taken_through

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DOCS = Path(__file__).parents[1] / "docs"
PICTURES = {"digest": (700, 1_600, ()), "digest-dark": (360, 1_300, ("--blink-settings=preferredColorScheme=0",))}
"""Width and height in pixels, and what a browser is told, by name."""
PAST = ((1, 0), (2, 0), (5, 1), (3, 0), (5, 4), (5, 3), (1, 0), (2, 0), (3, 0), (1, 0), (3, 2), (1, 0), (4, 1))
"""What was said, and what of it was negative, on the thirteen days before, which are made up."""


def page() -> str:
    """Return the sample's digest after a day, with two answers, and made-up days and an alarm before."""
    with taken_through(AT) as sample:
        _answer(sample, 2)
        before = vars(standing)["now"]
        vars(standing)["now"] = lambda: AT + timedelta(hours=1)
        try:
            return put_into_words(sample.monitor, [_with_past(one) for one in figures_of(sample.monitor, None)], "nl").html
        finally:
            vars(standing)["now"] = before


def _answer(sample: Sample, count: int) -> None:
    """Approve and post the first answers to which no rule objects and that one person may approve."""
    store, attempts = sample.responders.store, sample.responders.attempts
    replies = [card.reply for card in sample.cards() if card.reply.delivery is Delivery.API and not card.reply.version.objections]
    fit = [reply for reply in replies if reply.approvals_needed == 1]
    for reply in fit[:count]:
        network = reply.mention.mention.network
        poster = ConsolePoster(sample.folder / "console.jsonl", limit_for(network), "waalfiets", clock=lambda: AT)
        store.approve(reply.id, Approval(APPROVER, reply.version.sha256, AT), sample.responders.settings.approvers)
        answering.publish(attempts, {network: poster}, reply.id, "responders", lambda: AT, networks=sample.responders.settings.networks)


def _with_past(figures: Figures) -> Figures:
    past = [
        DayCount(day.since, received, negative, spikes=int(place == 10))
        for place, (day, (received, negative)) in enumerate(zip(figures.days, PAST, strict=False))
    ]
    began = AT - timedelta(days=3, hours=12)
    alarm = Alarm(1, "spike", grave=True, opened_at=began, series="negative", now=9, usual=1, acknowledged_by=APPROVER)
    alarm = replace(alarm, resolved_at=began + timedelta(hours=2), resolved_by=APPROVER)
    return replace(figures, days=[*past, *figures.days[len(past) :]], incidents=[alarm])


def shoot(folder: Path, browser: str = "chromium") -> None:
    """Write each picture into `folder`; its colours are told apart by Pillow, which comes with matplotlib."""
    from PIL import Image  # noqa: PLC0415 only whoever makes the pictures needs it

    html = page()
    for name, (width, height, told) in PICTURES.items():
        with tempfile.TemporaryDirectory(prefix="gv-") as temporary:
            file = Path(temporary) / "digest.html"
            file.write_text(html, encoding="utf-8")
            picture = folder / f"{name}.png"
            _run(browser, [*told, f"--window-size={width},{height}", f"--screenshot={picture}", file.as_uri()], temporary)
            # A page of text has few colours, and a third of the size with no more than it has; by coverage no small figure loses its own.
            with Image.open(picture) as drawn:
                small = drawn.convert("RGB").quantize(64, method=Image.Quantize.MAXCOVERAGE)
            small.save(picture, optimize=True)


def _run(browser: str, words: Sequence[str], profile: str) -> None:
    base = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}/profile"]
    subprocess.run([*base, *words], check=True, capture_output=True)


if __name__ == "__main__":
    shoot(DOCS, *sys.argv[1:])
