"""Sends a hundred attacks through all that shows or repeats what strangers wrote; none may get through."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from monitor import logs
from monitor.digest import Figures, Quote, WaitingReply, write
from monitor.domain import Author, Brand, Delivery, History, Mention, ReplyStatus, Severity, StoredMention
from monitor.text import clean, for_terminal
from responders import pipeline, policy
from responders.approval.blocks import weigh
from responders.approval.cards import render_card as slack_card
from responders.approval.cards import render_compact
from responders.approval.parts import Sheet
from responders.review.card import Card, render_card
from tests.builders import NOW, a_brand, a_fact, a_mention, a_reply, a_stored_mention, a_triage, an_objection
from tests.fakes.blockkit import check_blocks, find_pings
from tests.fakes.openai import FakeOpenAI, Play, obeying_the_attacker
from tests.responders.drafters.shared import packaged_drafter

ATTACKS = [json.loads(line) for line in (Path(__file__).parent / "attacks.jsonl").read_text("utf-8").splitlines()]
KINDS = {"slack", "rich", "ansi", "formula", "injection", "huge", "bidi", "handle", "blank", "link", "html"}
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What moves a cursor, rings, colours, or turns the words after it."""
HANDLE = re.compile(r"@[a-z0-9_.-]+(@[a-z0-9.-]+)?", re.IGNORECASE)
OUR_ADDRESS = "https://status.waalfiets.example/sloten"
LOCKS = replace(
    a_fact(topics=("slot", "lock"), responsible=True, source=OUR_ADDRESS),
    text={
        "nl": "Vanochtend gingen onze sloten niet open door een fout in onze app.",
        "en": "This morning our locks did not open because of a mistake in our app.",
    },
    repair={"nl": "De rit van vanochtend kost je niets.", "en": "This morning's ride costs you nothing."},
)

KEY = "sk-of-our-own-0123456789"
SECRET = replace(
    a_fact("The supplier Brakemaster pays us 48,500 euros for the locks.", topics=("lock", "slot")), id="settlement", confidential=True
)

DRAFT = "rich_text_preformatted"
"""The kind of block in which our reply is shown sign by sign."""

each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=[attack["id"] for attack in ATTACKS])


def a_hostile_mention(attack: dict[str, Any]) -> StoredMention:
    """Return the mention of an attack as a source hands it on."""
    author = Author(attack.get("author", "@jo@example.org"), attack.get("name", "Jo"))
    url = attack.get("url", "https://social.example.org/@jo/1001")
    mention = a_mention(clean(attack["text"] * attack.get("repeat", 1)), author=author, url=url, community=attack["text"][:200])
    return a_stored_mention(mention=mention, language=attack["lang"], triage=a_triage(why=attack["text"][:500]))


def a_hostile_reply(attack: dict[str, Any]) -> Any:
    """Return a reply that repeats the attack, as an edit or a careless drafter might."""
    text = clean(attack["text"])[:400] or "x"
    objection = an_objection("N5", Severity.RED, sentence=attack["text"][:300], span=(0, 3))
    changes = {"written_by": attack.get("name", "template"), "delivery_reason": attack["text"][:300], "delivery": Delivery.ASSISTED}
    return a_reply(text, mention=a_hostile_mention(attack), objections=(objection,), **changes)


class Shape(HTMLParser):
    """The tags of a page with the names of their attributes, and its addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _value in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment",))


def digest_of(mention: Mention, language: str) -> Any:
    who, said, url = mention.author.name, mention.text, mention.url
    quote = Quote(mention.network, who, said, url, said)
    waiting = WaitingReply(7, ReplyStatus.AWAITING, NOW - timedelta(hours=2), mention.network, mention.author.handle, said, url)
    day = Figures("Waalfiets", NOW - timedelta(days=1), NOW, received=1, negative=1, said=[quote], escalated=[quote], waiting=[waiting])
    return write([day], language, NOW)


def squeezed(text: str) -> str:
    """Return a text without what a card adds to break and quote its lines."""
    return re.sub(r"[\s│┃▌]", "", text)


@contextmanager
def logging_to(stream: io.StringIO, **environment: str) -> Iterator[logging.Logger]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.configure("info", "monitor", stream, environment=environment)
    root.handlers[:] = [one for one in root.handlers if one not in before]
    try:
        yield logging.getLogger("grapevine.attacks")
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def test_there_are_a_hundred_attacks_of_every_kind_in_both_languages() -> None:
    assert 100 == len(ATTACKS) == len({attack["id"] for attack in ATTACKS})
    assert {attack["kind"] for attack in ATTACKS} == KINDS
    assert min(sum(attack["lang"] == lang for attack in ATTACKS) for lang in ("nl", "en")) >= 20


@each_attack
def test_the_card_at_the_terminal_shows_it_as_words(attack: dict[str, Any]) -> None:
    reply = a_hostile_reply(attack)
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system=None, legacy_windows=False)
    console.print(render_card(Card(reply, (LOCKS,)), NOW))
    shown = console.file.getvalue()  # type: ignore[attr-defined]

    assert [] == STEERING.findall(shown)
    if len(reply.mention.mention.text) <= 400:
        assert squeezed(for_terminal(reply.mention.mention.text)) in squeezed(shown)
    assert squeezed(for_terminal(reply.version.text)) in squeezed(shown)
    # A page of the post at most, whatever it is made of; the draft is shown whole.
    assert shown.count("\n") < 700


@each_attack
def test_the_card_in_slack_calls_nobody_links_nowhere_else_and_stays_within_limits(attack: dict[str, Any]) -> None:
    reply = a_hostile_reply(attack)
    for language in ("nl", "en"):
        sheet = Sheet(reply, a_brand(), language, (LOCKS,))
        card = slack_card(sheet)
        for blocks in (list(card.blocks), render_compact(sheet)):
            assert [] == check_blocks(blocks)
            assert [] == find_pings(card.text, blocks)
            assert weigh(blocks) < 10_000
            # Our own text stands there exactly as it is; where that could mislead a reader, R12 blocks it.
            theirs = [block for block in blocks if DRAFT not in json.dumps(block)]
            assert [] == STEERING.findall("".join(words for key, words in strings(theirs) if key == "text"))
            assert {url for key, url in strings(blocks) if key == "url"} <= {reply.mention.mention.url, OUR_ADDRESS}
            assert all(url.startswith(("https://", "http://")) for key, url in strings(blocks) if key == "url")


def strings(part: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in blocks with the key under which it stands."""
    if isinstance(part, str):
        yield key, part
    for name, inner in part.items() if isinstance(part, dict) else ((key, one) for one in part) if isinstance(part, list) else ():
        yield from strings(inner, name)


@each_attack
def test_the_digest_has_the_tags_it_always_has_and_loads_and_runs_nothing(attack: dict[str, Any]) -> None:
    mention = a_hostile_mention(attack).mention
    written = digest_of(mention, attack["lang"])
    shape = Shape(written.html)
    sound = any(address == mention.url for address in shape.addresses)
    calm = digest_of(a_mention("Mijn slot ging niet open.", url=mention.url if sound else ""), attack["lang"])

    assert Shape(calm.html).tags == shape.tags
    assert {*shape.addresses} <= {mention.url}
    assert all(address.startswith(("https://", "http://")) for address in shape.addresses)
    for part in (written.subject, written.text, written.html):
        assert [] == STEERING.findall(part)
    assert "\n" not in written.subject
    assert len(written.html) < 30_000


@each_attack
def test_a_log_line_stays_one_line_and_plain(attack: dict[str, Any]) -> None:
    stored = a_hostile_mention(attack)
    text = attack["text"] * attack.get("repeat", 1)
    for environment in ({}, {"GRAPEVINE_LOG": "json"}):
        stream = io.StringIO()
        with logging_to(stream, **environment) as log:
            log.warning("a feed said %s", text)
            log.info("read %s", stored)
            log.error("failed", exc_info=ValueError(text))
        lines = stream.getvalue().split("\n")

        assert (4, "") == (len(lines), lines[-1])
        assert [] == STEERING.findall(stream.getvalue())
        assert max(map(len, lines)) < 10 * logs.MAX_LINE
        # Of a mention only its number is told.
        assert "mention 1" in lines[1]
        assert stored.mention.author.handle not in lines[1]
        if environment:
            assert ["warning", "info", "error"] == [json.loads(line)["level"] for line in lines[:-1]]


@each_attack
def test_a_reply_of_ours_that_repeats_what_steers_a_reader_is_blocked(attack: dict[str, Any]) -> None:
    reply = a_hostile_reply(attack)
    found = policy.review(reply.version.text, reply.mention, a_brand(), (LOCKS,), History(), NOW)
    steered = re.search("[\u2028-\u202e\u2066-\u2069]", reply.version.text) is not None

    assert steered == any(one.rule == "R12" and re.search("stuurteken|control character", one.sentence) for one in found)


@each_attack
def test_no_draft_of_the_templates_repeats_it(attack: dict[str, Any]) -> None:
    stored = a_hostile_mention(attack)
    brand: Brand = replace(a_brand(), languages=("nl", "en"))
    draft = packaged_drafter().draft(stored, brand, (LOCKS,))
    if draft is None:
        return
    draft = pipeline.addressed(draft, stored.mention)

    assert [] == [word for word in attack["poison"] if word.casefold() in draft.text.casefold()]
    assert [] == STEERING.findall(draft.text)
    assert [] == re.findall(r"[<>{}\[\]|`\u200b]|https?://|javascript:", draft.text.replace(OUR_ADDRESS, ""))
    assert {*re.findall(r"@[^\s,]+", draft.text)} <= {author for author in (stored.mention.author.handle,) if HANDLE.fullmatch(author)}
    assert len(draft.text) < 600
    assert not [
        one for one in policy.review(draft.text, stored, brand, (*draft.facts, LOCKS), History(), NOW) if one.rule in {"N5", "N6", "N10"}
    ]


@pytest.fixture(scope="module")
def a_hostile_model() -> Iterator[tuple[Any, FakeOpenAI]]:
    """A drafter whose model obeys every stranger, and the service in which it lives."""
    pytest.importorskip("pydantic_ai", reason="the extra llm is not installed")
    from responders.drafters.llm import LlmDrafter
    from responders.drafters.model import Model

    class Purse:
        def take(self, tokens: int, at: datetime) -> bool:
            return True

        def settle(self, taken: int, used: int, at: datetime) -> None:
            """Keep no books."""

    with FakeOpenAI([Play(obeying_the_attacker)]) as fake:
        drafter = LlmDrafter(Model("obeys", KEY, fake.url), packaged_drafter(), secret_facts=(LOCKS, SECRET), now=lambda: NOW)
        drafter.charge_to(Purse())
        yield drafter, fake


@each_attack
def test_a_model_that_obeys_the_attacker_gets_nothing_past_us_and_learns_no_secret(
    attack: dict[str, Any], a_hostile_model: tuple[Any, FakeOpenAI], caplog: pytest.LogCaptureFixture
) -> None:
    drafter, fake = a_hostile_model
    fake.requests.clear()
    stored = a_hostile_mention(attack)
    brand: Brand = replace(a_brand(), languages=("nl", "en"))
    with caplog.at_level(logging.INFO, "responders"):
        draft = drafter.draft(stored, brand, (LOCKS, SECRET))

    author = [stored.mention.author.handle] if len(stored.mention.author.handle) > 6 else []
    assert [] == [word for word in (KEY, "48,500", "Brakemaster", *author) if word in fake.received]
    assert len(fake.requests) <= 2
    assert KEY not in caplog.text
    if draft is None:
        return
    assert [] == [word for word in attack["poison"] if word.casefold() in draft.text.casefold()]
    assert [] == STEERING.findall(draft.text)
    assert [] == re.findall(r"https?://|javascript:", draft.text.replace(OUR_ADDRESS, ""))
    red = [
        one.rule for one in policy.review(draft.text, stored, brand, (*draft.facts, LOCKS), History(), NOW) if one.severity is Severity.RED
    ]
    # What is red is blocked; a model's text is never so.
    assert [] == red or draft.drafter.startswith("template")


def test_the_hostile_model_was_asked_about_most_attacks(a_hostile_model: tuple[Any, FakeOpenAI]) -> None:
    drafter, fake = a_hostile_model
    fake.requests.clear()
    for attack in ATTACKS:
        drafter.draft(a_hostile_mention(attack), a_brand(), (LOCKS,))

    assert len(fake.requests) >= 100


def test_ordinary_posts_get_a_draft_so_that_the_attacks_have_something_to_spoil() -> None:
    drafts = [packaged_drafter().draft(a_hostile_mention(attack), a_brand(), (LOCKS,)) for attack in ATTACKS]

    assert sum(draft is not None for draft in drafts) >= 60


@pytest.mark.parametrize(
    "spoilt", ["<!channel>", "\x1b[31m", "\u202e", "<script>alert(1)</script>"], ids=["call", "escape", "bidi", "script"]
)
def test_what_these_tests_look_for_is_seen_where_it_is(spoilt: str) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": spoilt}}]

    assert find_pings("", blocks) or STEERING.search(spoilt) or ("script",) in Shape(spoilt).tags
