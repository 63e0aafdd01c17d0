"""What a card of the terminal desk shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import Approval, Author, Delivery, Severity
from responders.review import Card, Earlier, card_svg, render_card
from responders.speech import span
from tests.builders import NOW, a_fact, a_reply, a_sentiment, a_stored_mention, a_triage, an_objection
from tests.responders.review.desks import AMBER, RED, a_console, shown


def test_a_card_says_who_where_when_and_links_to_it() -> None:
    mention = a_stored_mention(
        author=Author("@sanne", "Sanne de Boer"), community="r/nijmegen", network="reddit", url="https://r.example/1"
    )

    screen = shown(Card(a_reply(mention=mention), waiting=3, timezone="Europe/Amsterdam"))

    assert screen.startswith("── Reply 1 ──")
    assert "── 3 waiting ──\n" in screen
    assert "Sanne de Boer  @sanne  on Reddit, r/nijmegen\n  Mon 2 Mar 2026 09:50, 10 min ago\n  https://r.example/1" in screen


def test_what_a_rule_says_is_read_at_the_desk_in_the_language_of_the_desk() -> None:
    reply = a_reply(objections=(an_objection(nl="Zet je naam erbij.", en="Sign it.", sentence="Sign it."),))

    assert "Zet je naam erbij." in shown(Card(reply, language="nl"))
    assert "Sign it." in shown(Card(reply))


def test_an_author_without_a_name_and_a_post_without_a_link_are_said_so() -> None:
    screen = shown(Card(a_reply(mention=a_stored_mention(author=Author("sanne"), url="", posted_at=NOW))))

    assert "sanne  on Mastodon\n  Mon 2 Mar 2026 09:00, just now\n  no link" in screen


def test_a_card_says_why_it_was_flagged_in_plain_words() -> None:
    mention = a_stored_mention(sentiment=a_sentiment(), triage=a_triage(rules=("T5", "T10"), why="The second time it goes wrong."))

    screen = shown(Card(a_reply(mention=mention)))

    assert "negative, 80% sure (vader 3.3.2, score -0.60)" in screen
    assert "Flagged   The second time it goes wrong." in screen
    assert "T5  an unhappy customer" in screen
    assert "T10 they complained before, and we failed them" in screen


def test_not_knowing_how_a_text_feels_is_not_called_neutral() -> None:
    unknown = a_sentiment(confidence=0.0, language="nl")

    screen = shown(Card(a_reply(mention=a_stored_mention(sentiment=unknown))))
    nothing = shown(Card(a_reply(mention=a_stored_mention(sentiment=None, triage=None))))

    assert "not known (vader cannot judge nl)" in screen
    assert "not scored" in nothing
    assert "Flagged" not in nothing


def test_a_card_shows_earlier_contact_delivery_and_expiry() -> None:
    reply = a_reply(delivery=Delivery.ASSISTED, delivery_reason="L1: X lets no API answer this.", expires_at=NOW + timedelta(hours=27))
    earlier = (Earlier(NOW - timedelta(days=9), "we said sorry", "https://social.example/9"), Earlier(NOW, "they thanked us"))

    screen = shown(Card(reply, earlier=earlier))

    assert (
        "Earlier   Sat 21 Feb 2026 09:00: we said sorry\n            https://social.example/9\n            Mon 2 Mar 2026 09:00: they"
        in screen
    )
    assert "assisted: a person posts it by hand, once approved\n            L1: X lets no API answer this." in screen
    assert "Expires   in 1 d 3 h" in screen
    assert "no contact before, as far as we know" in shown(Card(a_reply()))
    assert "Expires   now" in shown(Card(a_reply(expires_at=NOW)))


def test_the_draft_stands_there_to_the_letter_with_the_platforms_count() -> None:
    text = "Sorry:  twee spaties,\n\n:smile: [red]geen kleur[/red] en 👩🏽‍🔧. ^EK"

    screen = shown(Card(a_reply(text, mention=a_stored_mention(network="mastodon"))))

    assert "  ▌ Sorry:  twee spaties,\n  ▌\n  ▌ :smile: [red]geen kleur[/red] en 👩🏽‍🔧. ^EK\n" in screen
    assert "of 500 ──" in screen
    assert "501 of 500, too long ──" in shown(Card(a_reply("a" * 501)))


def test_a_network_without_a_known_limit_is_said_to_have_none() -> None:
    screen = shown(Card(a_reply("Sorry. ^EK", mention=a_stored_mention(network="dorpsplein"))))

    assert " 10 characters ──" in screen
    assert 'Length    How long a text may be on "dorpsplein" is not known here' in screen


def test_every_fact_stands_with_its_source_in_the_authors_language() -> None:
    fact = replace(a_fact(), text={"en": "The locks failed.", "nl": "De sloten gingen niet open."})
    person = replace(a_fact(), text={"en": "Bikes are checked yearly."}, source="Els Kamps, owner")

    screen = shown(Card(a_reply(mention=a_stored_mention(language="nl")), facts=(fact, person)))

    assert (
        "Facts     De sloten gingen niet open.\n            https://waalfiets.example/status\n            Bikes are checked yearly."
        in screen
    )
    assert "Els Kamps, owner" in screen
    assert "Facts     none used" in shown(Card(a_reply()))


def test_red_stands_above_amber_and_neither_speaks_by_colour_alone() -> None:
    hint = an_objection("N13", Severity.HINT, sentence="Asks for forgiveness.")

    screen = shown(Card(a_reply(objections=(hint, AMBER, RED))))

    assert "■ red   N4  No source says so.\n            ▲ amber R2  The post names a place.\n            · hint  N13 Asks" in screen
    assert "✓ no rule objects" in shown(Card(a_reply()))


def test_the_words_that_a_rule_objects_to_are_marked_where_they_stand() -> None:
    screen = shown(Card(a_reply("Sorry, en bel ons. ^EK", objections=(RED, AMBER, an_objection(span=(90, 99))))), colour=True)

    assert "\x1b[4;31mSorry\x1b[0m, \x1b[4;33men \x1b[0mbel ons. ^EK" in screen


def test_who_agreed_already_and_why_they_overrode_is_shown() -> None:
    given = (Approval("Anne", "x", NOW - timedelta(minutes=5), "het bedrag klopt"), Approval("Bo", "x", NOW))

    screen = shown(Card(a_reply(objections=(RED,), approvals=given)))

    assert "two people must agree\n            ✓ Anne said yes, 5 min ago\n              overriding N4: het bedrag klopt" in screen
    assert "✓ Bo said yes, just now" in screen
    assert "Approval  two people must agree" in shown(Card(a_reply(approvals_needed=2)))


HOSTILE = "[red]rood[/red] [link=https://evil.example]x[/link] \x1b[31mrood\x1b[0m \x1b]0;title\x07 \u202eomgekeerd \x9b2J"


def test_nothing_a_stranger_wrote_can_style_the_card_or_move_the_cursor() -> None:
    mention = a_stored_mention(
        HOSTILE, author=Author(HOSTILE, HOSTILE), url=HOSTILE, community=HOSTILE, triage=a_triage(why=HOSTILE), network="reddit"
    )
    hostile = Card(
        a_reply(HOSTILE, mention=mention, delivery_reason=HOSTILE, written_by=HOSTILE), earlier=(Earlier(NOW, HOSTILE, HOSTILE),)
    )

    plain = shown(hostile, 400)
    colour = shown(hostile, 400, colour=True)

    assert not set("\x1b\x07\x9b\u202e") & set(plain)
    assert "[red]rood[/red] [link=https://evil.example]x[/link] ␛[31mrood␛[0m ␛]0;title␇ <U+202E>omgekeerd <U+009B>2J" in plain
    assert "\x1b]" not in colour
    assert "\x1b[31mrood" not in colour


def test_a_long_post_is_cut_on_the_card_and_whole_on_wish() -> None:
    card = Card(a_reply(mention=a_stored_mention("woord " * 5_000 + "einde")))

    assert "more characters; press v to read it all" in shown(card)
    assert "einde" not in shown(card)
    assert "einde" in shown(card, whole_post=True)


def test_a_post_of_nothing_but_newlines_does_not_push_the_draft_off_the_screen() -> None:
    assert len(shown(Card(a_reply(mention=a_stored_mention("\n" * 5_000)))).splitlines()) < 60


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    mention = a_stored_mention("日本語" * 100 + "w" * 300, author=Author("h" * 200, "n" * 200), url="https://example/" + "u" * 300)
    card = Card(a_reply("👩🏽‍🔧" * 60, mention=mention, objections=(RED,)), facts=(a_fact(),), waiting=1_000)

    console = a_console(width)
    lines = console.render_lines(render_card(card, NOW), pad=False)

    assert max(sum(segment.cell_length for segment in line) for line in lines) <= width


@given(text=st.text(max_size=80), start=st.integers(-5, 90), end=st.integers(-5, 90))
def test_marking_words_never_changes_the_draft(text: str, start: int, end: int) -> None:
    marked = shown(Card(a_reply(text, sha256="x", objections=(replace(RED, span=(start, end)),))), 300)

    plain = shown(Card(a_reply(text, sha256="x", objections=(replace(RED, span=(0, 0)),))), 300)
    assert marked == plain


def test_a_picture_of_the_card_loads_nothing_and_is_always_the_same() -> None:
    card = Card(a_reply(objections=(RED,)), facts=(a_fact(),))

    picture = card_svg(card, NOW, width=80)

    assert picture == card_svg(card, NOW, width=80)
    assert picture.startswith("<svg")
    assert not any(word in picture for word in ("@import", "font-face", "<script", "href", "url(http"))
    assert "responders&#160;review" in picture or "responders review" in picture


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=5), "2 h 5 min"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=6, hours=23), "6 d 23 h"),
        (timedelta(days=30, hours=3), "30 d"),
        (-timedelta(days=1), "less than a minute"),
    ],
)
def test_a_span_is_said_in_at_most_two_units(passed: timedelta, words: str) -> None:
    assert span(NOW, NOW + passed) == words


def test_a_card_in_dutch_is_dutch_but_for_what_others_wrote() -> None:
    triage = a_triage(rules=("T12",), why="It looks like somebody is hurt (“ambulance”): page the owner.")
    stored = a_stored_mention(network="mastodon", triage=triage)
    reply = a_reply("Sorry ^EK", mention=stored, objections=(RED, AMBER), approvals_needed=2)
    screen = " ".join(shown(Card(reply, waiting=3, language="nl", delivery_reason="We mogen hier antwoorden."), width=120).split())

    for words in (
        "Antwoord 1",
        "3 in de rij",
        "op Mastodon",
        "geleden",
        "Waarom “ambulance” T12 veiligheid, gezondheid",
        "Eerder geen contact, voor zover we weten",
        "Plaatsen api: wij plaatsen het, zodra het is goedgekeurd We mogen hier antwoorden.",
        "Ons antwoord, precies zoals het er komt te staan",
        "Versie 1, geschreven door",
        "Feiten geen gebruikt",
        "■ rood N4",
        "▲ oranje R2",
        "Lengte 500 op de meeste servers",
        "Akkoord twee mensen moeten akkoord zijn",
    ):
        assert words in screen
    assert "page the owner" not in screen
