from __future__ import annotations

from string import Formatter

import pytest

from monitor.domain import Delivery, Label, ReplyStatus, Severity
from responders.approval.modals import REASONS, SNOOZES
from responders.approval.words import LANGUAGES, language_of, say, spell_choice, spell_rule, spell_status


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_say_the_same_things_with_the_same_blanks() -> None:
    english, dutch = LANGUAGES["en"], LANGUAGES["nl"]

    assert english.keys() == dutch.keys()
    assert {key: blanks(text) for key, text in english.items()} == {key: blanks(text) for key, text in dutch.items()}


def test_the_two_languages_differ_wherever_there_are_words() -> None:
    alike = {key for key in LANGUAGES["en"] if LANGUAGES["en"][key] == LANGUAGES["nl"][key]}

    assert alike <= {"note_title", "text_card", "posted_url"}


def test_everything_that_has_a_name_has_words_for_it() -> None:
    for language in LANGUAGES:
        assert all(spell_status(language, status) for status in ReplyStatus)
        assert all(say(language, f"delivery_{delivery.value}") for delivery in Delivery)
        assert all(say(language, f"label_{label.value}") for label in Label)
        assert all(say(language, f"severity_{severity.value}") for severity in Severity)
        assert all(say(language, f"rule_T{number}") for number in range(1, 17))
        assert all(say(language, f"snooze_{name}") for name in SNOOZES)
        assert all(spell_rule(language, rule) != rule for rule in REASONS)


def test_a_workspace_users_locale_gives_one_of_our_languages() -> None:
    assert ["nl", "nl", "en", "en", "en"] == [language_of(locale) for locale in ("nl-NL", "nl-BE", "en-GB", "de-DE", "")]


def test_a_rule_we_do_not_know_is_named_as_it_is() -> None:
    assert "K4" == spell_rule("nl", "K4")
    assert "approved" == spell_status("de", ReplyStatus.APPROVED)


def test_what_stands_in_a_blank_is_never_read_as_a_template() -> None:
    assert "did {who} assign" not in say("en", "did_assign", who="{who.__class__} {0}")
    assert "Assigned to {who.__class__} {0}." == say("en", "did_assign", who="{who.__class__} {0}")


@pytest.mark.parametrize(
    ("kept", "dutch"),
    [
        ("Bob: T3 a rant, joke or satire", "Bob: T3 een tirade, grap of satire"),
        ("T3 een tirade, grap of satire", "T3 een tirade, grap of satire"),
        ("Not about us: another firm", "Gaat niet over ons: another firm"),
        ("Bob: Not negative, and needs no answer", f"Bob: {say('nl', 'reject_not_negative')}"),
        ("Bob: T3 een grapje", "Bob: T3 een grapje"),
        ("Bob: their own words", "Bob: their own words"),
    ],
)
def test_a_reason_from_our_list_is_read_in_ones_own_language_and_a_persons_words_as_they_wrote_them(kept: str, dutch: str) -> None:
    assert dutch == spell_choice("nl", kept)
