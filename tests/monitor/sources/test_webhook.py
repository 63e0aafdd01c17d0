"""Webhooks: what is signed rightly and of late is let in, and whatever is wrong is told by place and field."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from monitor.contracts import Batch, Rejected
from monitor.sources.webhook import FIELDS, MOST, WINDOW, Unwelcome, WebhookSource, sign
from tests.builders import NOW
from tests.monitor.sources.proving import BRAND, build

SECRET = "a secret of the sender and us"
STAMP = str(int(NOW.timestamp()))
GOOD: dict[str, Any] = {"external_id": "1", "author": "jo", "text": "Waalfiets!", "posted_at": "2024-11-20T09:00:00Z"}


def a_source(secret: str = SECRET) -> WebhookSource:
    return WebhookSource("ours", secret, now=lambda: NOW, network="facebook")


def a_body(*mentions: Any) -> bytes:
    return json.dumps({"mentions": list(mentions)}).encode()


def refusal(header: str | None, body: bytes = b"{}") -> tuple[int, str]:
    with pytest.raises(Unwelcome) as refused:
        a_source().check_signature({} if header is None else {"grapevine-signature": header}, body)
    return refused.value.status, refused.value.reason


def test_what_was_signed_with_our_secret_of_late_is_let_in() -> None:
    for moment in (NOW, NOW - WINDOW, NOW + WINDOW):
        a_source().check_signature({"grapevine-signature": sign(SECRET.encode(), str(int(moment.timestamp())), b"{}")}, b"{}")


@pytest.mark.parametrize("header", ["", "v1=00", f"t={STAMP}", f"t={STAMP},v1=zz", f"t=9e9,v1={'0' * 64}", f"t=-1,v1={'0' * 64}", "é" * 99])
def test_a_header_of_another_form_is_refused(header: str) -> None:
    status, reason = refusal(header)

    assert (401, True) == (status, "t=SECONDS,v1=HEX" in reason)


def test_a_missing_header_is_told_as_missing() -> None:
    assert (401, "the header Grapevine-Signature is missing; its form is t=SECONDS,v1=HEX") == refusal(None)


def test_another_secret_another_body_and_another_time_are_refused() -> None:
    wrong = [sign(b"another", STAMP, b"{}"), sign(SECRET.encode(), STAMP, b"[]"), sign(SECRET.encode(), STAMP, b"{}").replace(STAMP, "1")]

    assert [401] * 3 == [refusal(header)[0] for header in wrong]
    assert all("is not that of these seconds" in refusal(header)[1] for header in wrong)


@pytest.mark.parametrize("shift", [-WINDOW - timedelta(seconds=1), WINDOW + timedelta(seconds=1)])
def test_what_was_signed_long_ago_or_ahead_is_not_let_in_again(shift: timedelta) -> None:
    status, reason = refusal(sign(SECRET.encode(), str(int((NOW + shift).timestamp())), b"{}"))

    assert (401, "it was signed more than 300 seconds ago or ahead; set the clock, and sign anew") == (status, reason)


def test_a_mention_keeps_what_was_sent_of_it() -> None:
    everything = GOOD | {"network": "instagram", "author_name": "Jo", "url": "https://a.example/1", "brand": BRAND.id, "language": "nl"}
    everything |= {"mentions_us": True, "own_channel": True, "community": "fans", "parent_id": "0", "answered_by_us": False}
    [(number, mention)], bad = a_source().open_body(a_body(everything), [BRAND])

    assert set(FIELDS) == set(everything)
    assert (1, [], "ours") == (number, bad, mention.source)
    assert ("instagram", "1", "jo", "Jo", BRAND.id) == (
        mention.network,
        mention.external_id,
        mention.author.handle,
        mention.author.name,
        mention.brand,
    )
    assert (True, True, "fans", "0", "nl") == (
        mention.mentions_us,
        mention.own_channel,
        mention.community,
        mention.parent_id,
        mention.language_hint,
    )


def test_the_sources_network_holds_where_a_mention_names_none_and_sent_twice_it_is_the_same() -> None:
    first, again = (a_source().open_body(a_body({key: GOOD[key] for key in ("text", "posted_at")}), [BRAND])[0][0][1] for _ in range(2))

    assert ("facebook", first) == (first.network, again)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"posted_at": "yesterday"}, "yesterday"),
        ({"posted_at": None}, "the date is neither"),
        ({"text": ""}, "there is no text"),
        ({"text": ["a"]}, "text is neither a text"),
        ({"autor": "jo"}, "there is no field “autor”"),
        ({"brand": "another"}, "brand is “another”, which this source is not read for"),
        ({"mentions_us": "perhaps"}, "mentions_us is “perhaps”; write yes or no"),
        ({"author": {"name": "jo"}}, "author is neither a text"),
        ({"network": "<b>"}, "is no name of a network"),
    ],
)
def test_what_is_wrong_with_a_mention_is_told_and_the_others_are_good(wrong: dict[str, Any], reason: str) -> None:
    good, [row] = a_source().open_body(a_body(GOOD, GOOD | wrong, GOOD), [BRAND])

    assert [1, 3] == [number for number, _mention in good]
    assert (2, "webhook ours") == (row.line, row.place)
    assert reason in row.reason


def test_every_field_of_every_wrong_type_is_told_or_taken() -> None:
    played = 0
    for name in FIELDS:
        for value in (None, True, -1, 2**70, 1.5, "", "x" * 5_000, [], [1], {}, {"a": 1}, "\ud800\0"):
            good, bad = a_source().open_body(a_body(GOOD | {name: value}), [BRAND])
            played += 1

            assert 1 == len(good) + len(bad)

    assert 168 == played


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"\xff", 400, "the body is not UTF-8"),
        (b'{\n"mentions": [}', 400, "the body is not JSON: line 2, column 14: "),
        (b"[" * 100_000, 400, "nested too deep"),
        (b"[]", 400, 'one key: {"mentions"'),
        (b'{"mentions": {}}', 400, 'one key: {"mentions"'),
        (b'{"mentions": [], "more": 1}', 400, 'one key: {"mentions"'),
        (b'{"mentions": []}', 400, "mentions holds 0"),
        (json.dumps({"mentions": [1] * (MOST + 1)}).encode(), 413, "mentions holds 501; from 1 to 500"),
    ],
)
def test_a_body_that_is_no_list_of_mentions_is_refused(body: bytes, status: int, reason: str) -> None:
    with pytest.raises(Unwelcome) as refused:
        a_source().open_body(body, [BRAND])

    assert (status, True) == (refused.value.status, reason in refused.value.reason)


def test_a_body_cut_anywhere_is_refused() -> None:
    whole = a_body(GOOD)
    for length in range(len(whole)):
        with pytest.raises(Unwelcome):
            a_source().open_body(whole[:length], [BRAND])


def test_a_number_that_is_no_object_is_told() -> None:
    assert "it is no object" == a_source().open_body(a_body(1), [BRAND])[1][0].reason


def test_nothing_is_asked_and_a_secret_is_needed() -> None:
    assert Batch((), "kept") == build("webhook", {"WEBHOOK_SOURCE_SECRET": SECRET}).fetch(BRAND, "kept")
    for secret in ("", "too short"):
        with pytest.raises(Rejected, match=r"^ours: nothing is let in without a secret of at least 16 signs; put one into OTHER"):
            build("webhook", {"OTHER": secret}, secret_name="OTHER").fetch(BRAND, "")
