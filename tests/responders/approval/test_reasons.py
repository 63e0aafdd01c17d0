from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.domain import Action, Delivery, History, MentionStatus, Posted
from monitor.settings import NetworkSettings
from monitor.store import MonitorStore
from responders.approval.reasons import DUTCH_NOTHING, DUTCH_REASONS, spell_note, spell_reason
from responders.attempts import AttemptStore
from responders.delivery import BY_HAND_ONLY, decide
from responders.drafters import composer, template
from responders.store import ReplyStore
from tests.builders import NOW, a_brand, a_mention, a_stored_mention, a_triage
from tests.chain import approve, save_waiting_reply

FROM_X = "mail from X of 2 March 2026, no. 12"


def a_network(name: str, delivery: Delivery = Delivery.API, poster: str = "console", **options: Any) -> NetworkSettings:
    return NetworkSettings(name=name, delivery=delivery, poster=poster, options=options)


WAYS: dict[str, tuple[str, NetworkSettings | None]] = {
    "through the API": ("mastodon", a_network("mastodon")),
    "no such table": ("lemmy", None),
    "by hand, as configured": ("mastodon", a_network("mastodon", Delivery.ASSISTED)),
    "no poster": ("mastodon", a_network("mastodon", poster="")),
    **{name: (name, None) for name in BY_HAND_ONLY},
    "X, not to us": ("x", a_network("x")),
    "X, to us, not approved": ("x to us", a_network("x")),
    "X, to us, approved": ("x to us", a_network("x", x_ai_reply_approval=FROM_X)),
    "Reddit, not approved": ("reddit", a_network("reddit")),
    "Reddit, elsewhere": ("reddit", a_network("reddit", reddit_app_approval=True, subreddits=["ours"])),
    **{f"nobody, {rule}": ("mastodon", a_network("mastodon")) for rule in ("T2", "T3", "T8", "T9", "T13", "T13 T12", "T14", "T15", "T16")},
    "nobody, answered": ("mastodon", a_network("mastodon")),
    "nobody, as configured": ("mastodon", a_network("mastodon", Delivery.NONE)),
}


def reason_for(way: str) -> str:
    """Return why a mention is delivered so, as the decision itself says it."""
    name, network = WAYS[way]
    mention = a_mention(network=name.removesuffix(" to us"), community="r/fietsen", mentions_us=name.endswith("to us"))
    silent = way.startswith("nobody")
    triage = a_triage(Action.WATCH, rules=tuple(way.partition(", ")[2].split())) if silent else a_triage()
    status = MentionStatus.WATCHED if silent else MentionStatus.QUEUED
    history = History(answered_url="https://x.example/1" if way.endswith("answered") else "")
    delivery, reason = decide(a_stored_mention(mention=mention, triage=triage, status=status), a_brand(), network, history)
    assert silent is (delivery is Delivery.NONE)
    return reason


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_deliver_is_told_in_dutch_with_its_rules_and_names(way: str) -> None:
    english = reason_for(way)
    dutch = spell_reason("nl", english)

    assert english != dutch
    assert re.findall(r"[TL]\d+|\[[^]]+]|x_ai_\w+", english) == re.findall(r"[TL]\d+|\[[^]]+]|x_ai_\w+", dutch)


@pytest.mark.parametrize("name", ["x", "reddit"])
def test_of_an_account_of_its_own_the_table_is_named_in_both_languages(name: str) -> None:
    account = replace(a_network(name), own="lease", brands=("waalfiets",))
    _, english = decide(a_stored_mention(mention=a_mention(network=name, mentions_us=True)), a_brand(), account, History())

    assert english != spell_reason("nl", english)
    assert all(f"[network.{name}.accounts.lease]" in said for said in (english, spell_reason("nl", english)))


def test_no_way_to_deliver_is_left_out_here() -> None:
    told = {spell_reason("nl", reason_for(way)) for way in WAYS}

    assert len(DUTCH_REASONS) == len(told)


@pytest.mark.parametrize("reason", ["", "Els wants it so.", "We may answer on " + "x" * 2_000, "{} {0} %s"])
def test_what_is_none_of_ours_stays_as_it_is(reason: str) -> None:
    assert [reason, reason] == [spell_reason(language, reason) for language in ("nl", "en")]


def test_in_english_it_stays_as_it_was_decided() -> None:
    reason = reason_for("through the API")

    assert reason == spell_reason("en", reason)


@pytest.mark.parametrize(("why", "dutch"), DUTCH_NOTHING.items())
def test_why_there_is_no_draft_is_said_in_dutch_behind_the_way_it_is_delivered(why: str, dutch: str) -> None:
    way, weg = "We may answer on x through its API (T7).", "We mogen op x via de API antwoorden (T7)."

    assert f"{weg} Geen concept: {dutch.format('pt')}" == spell_reason("nl", f"{way} No draft: {why.format('pt')}")
    assert f"{weg} Geen concept: the model rests" == spell_reason("nl", f"{way} No draft: the model rests")
    assert f"{way} No draft: {why}" == spell_reason("en", f"{way} No draft: {why}")


def test_every_reason_of_the_phrases_for_no_draft_has_its_dutch() -> None:
    code = "".join(Path(str(module.__file__)).read_text("utf-8") for module in (composer, template))
    written = set(re.findall(r'Nothing\(\s*"([^"]+)"', code))

    assert set() == (written | set(template._FOR_PEOPLE.values())) - DUTCH_NOTHING.keys()
    assert len(written) >= 2


def test_what_the_record_notes_is_dutch_for_a_dutch_reader_and_a_persons_words_stay(sqlite_database: sa.Engine) -> None:
    store, attempts = ReplyStore(sqlite_database), AttemptStore(sqlite_database)
    reply = save_waiting_reply(sqlite_database, delivery=Delivery.ASSISTED)
    store.edit(reply.id, "Sorry, our lock did not open. ^EK", "Jan", (), NOW)
    store.snooze(reply.id, "Jan", NOW + timedelta(hours=1), NOW)
    edited = store.reply(reply.id)
    assert edited is not None
    approve(sqlite_database, edited, "Els")
    attempts.posted_by_hand(reply.id, Posted("", "https://x.example/1", "Other words.", NOW), "Els", NOW)
    noted = [event.reason for event in MonitorStore(sqlite_database).audit(mention_id=reply.mention.id)]

    assert {"draft by template", "version 2", "until 2026-03-02 10:00 UTC", "decided early", "a person posts it by hand"} <= set(noted)
    assert [] == [
        note
        for note in noted
        if note.startswith(("draft", "version", "until", "decided", "a person", "posted")) and spell_note("nl", note) == note
    ]
    assert ["Jan: version 2", "draft by template"] == [spell_note("nl", "Jan: version 2"), spell_note("en", "draft by template")]
