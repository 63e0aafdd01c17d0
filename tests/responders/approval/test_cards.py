from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import Author, Delivery, History, ReplyStatus, Severity, text_hash
from responders.approval import modals
from responders.approval.blocks import weigh
from responders.approval.cards import is_whole, read_value, render_card, render_compact, value_of
from responders.approval.parts import Decided, Sheet
from tests.builders import NOW, a_brand, a_fact, a_mention, a_reply, a_stored_mention, a_triage, a_version, an_approval, an_objection
from tests.fakes.blockkit import check_blocks, check_view, elements_of, find_pings, words_of

HOSTILE = "<!channel> <@U0ALICE> <https://evil.example|bank> *bold* `code` :skull: \u202edrow &amp; </x>"
LONG = ["x" * 40_000, "👩‍👩‍👧‍👦" * 9_000, "é\u0301" * 20_000, "\n" * 40_000, HOSTILE * 400]


def a_sheet(text: str | None = None, **changes: Any) -> Sheet:
    inner = {name: changes.pop(name) for name in list(changes) if name in Sheet.__dataclass_fields__ and name != "reply"}
    return Sheet(changes.pop("reply", None) or a_reply(text, **changes), a_brand(), **inner)


def a_full_sheet(post: str, text: str, status: ReplyStatus, language: str) -> Sheet:
    """Return a sheet on which everything that may be long is long and hostile."""
    objections = [an_objection(f"N{n}", severity, sentence=HOSTILE * 5, span=(0, 20)) for n, severity in enumerate(list(Severity) * 5)]
    approval = an_approval(override_reason=HOSTILE * 20, name=HOSTILE[:90])
    mention = a_mention(post, author=Author(HOSTILE, HOSTILE), community=HOSTILE, url="https://x.example/" + "y" * 1900)
    stored = a_stored_mention(mention=mention, triage=a_triage(rules=tuple(f"T{n}" for n in range(1, 17)), why=HOSTILE))
    reply = a_reply(
        text, mention=stored, status=status, objections=tuple(objections), written_by=HOSTILE, approvals=(approval,), reason=HOSTILE * 20,
        delivery_reason=HOSTILE * 9, snoozed_until=NOW, expires_at=NOW, posted_url="https://x.example/" + HOSTILE, approvals_needed=2,
    )  # fmt: skip
    return Sheet(
        reply, a_brand(), language, tuple(a_fact(HOSTILE * 9, source=HOSTILE * 9) for _ in range(20)),
        History(True, "https://x.example/1", True), HOSTILE + text, Decided(status, HOSTILE, NOW, HOSTILE), HOSTILE + text, HOSTILE,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("status", list(ReplyStatus))
@pytest.mark.parametrize("post", LONG, ids=["letters", "emoji", "marks", "lines", "markup"])
def test_the_fullest_card_keeps_slacks_limits_and_is_under_10_kb(post: str, status: ReplyStatus, language: str) -> None:
    for text in ("Sorry. ^EK", "Sorry. " * 1_400):
        card = render_card(a_full_sheet(post, text, status, language))

        assert [] == check_blocks(list(card.blocks))
        assert [] == find_pings(card.text, list(card.blocks))
        assert weigh(card.blocks) < 10_000


@given(st.text(max_size=300), st.text(min_size=1, max_size=300))
def test_whatever_a_stranger_or_a_draft_says_nobody_is_called_and_slack_takes_it(post: str, text: str) -> None:
    sheet = a_sheet(text.encode("utf-8", "replace").decode(), mention=a_mention(post, author=Author(post or "x")), language="nl")

    for blocks in (list(render_card(sheet).blocks), render_compact(sheet)):
        assert [] == check_blocks(blocks)
        assert [] == find_pings(render_card(sheet).text, blocks)


def test_a_button_holds_the_replys_number_and_the_hash_of_the_text_and_nothing_else() -> None:
    sheet = a_sheet("Sorry. ^EK")

    values = [element.get("value") for _, element in elements_of(list(render_card(sheet).blocks)) if element["type"] == "button"]

    assert {f"1:{text_hash('Sorry. ^EK')}"} == set(values)
    assert (1, text_hash("Sorry. ^EK")) == read_value(values[0])


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "1:",
        "x:" + "a" * 64,
        "-1:" + "a" * 64,
        "1:" + "A" * 64,
        "1:" + "g" * 64,
        "1:" + "a" * 63,
        "²:" + "a" * 64,
        None,
        7,
        "9" * 200,
    ],
)
def test_a_value_of_any_other_shape_is_no_button_of_ours(value: object) -> None:
    assert read_value(value) is None


def test_the_draft_stands_on_the_card_sign_by_sign_with_the_networks_own_count() -> None:
    text = "Sorry, Jo.\n\n  That is *our* mistake & <ours>. ^EK"

    card = render_card(a_sheet(text))

    [draft] = [block for block in card.blocks if block.get("block_id") == "draft"]
    assert [text] == [part["elements"][0]["text"] for part in draft["elements"] if part["type"] == "rich_text_preformatted"]
    assert f"{len(text)} of 500, Mastodon" in words_of([draft])


def test_a_draft_too_long_for_the_card_says_so_and_is_not_whole() -> None:
    sheet = a_sheet("Sorry. " * 1_000, mention=a_mention(network="reddit"))

    assert not is_whole(sheet)
    assert "This is only its beginning" in words_of(list(render_card(sheet).blocks))
    assert is_whole(a_sheet("Sorry. ^EK"))


@pytest.mark.parametrize(("language", "said"), [("en", "The account is waallease."), ("nl", "Het account is waallease.")])
def test_where_brands_have_accounts_of_their_own_the_card_says_from_which_it_goes_out(language: str, said: str) -> None:
    shown = [words_of(list(render_card(a_sheet(language=language, account=account)).blocks)) for account in ("waallease", "")]

    assert [True, False] == [said in words for words in shown]


def test_the_card_says_who_where_why_and_by_which_facts() -> None:
    stored = a_stored_mention(community="r/nijmegen", network="reddit", triage=a_triage(rules=("T5", "T10", "X1")))
    fact = a_fact(source="https://waalfiets.example/status")
    sheet = a_sheet(mention=stored, facts=(fact,), history=History(failed_before=True), delivery=Delivery.ASSISTED)

    words = words_of(list(render_card(sheet).blocks))

    for said in (
        "Jo",
        "@jo@example.org",
        "Reddit, r/nijmegen",
        "negative, 80% sure (vader)",
        "T5 an unhappy customer; T10 they complained",
    ):
        assert said in words
    for said in ("X1", "they are unhappy again (T10)", "a person posts it by hand", fact.text["en"], fact.source):
        assert said in words


def test_red_objections_come_first_and_change_what_approve_does() -> None:
    red, amber = an_objection("N1", span=(0, 5), sentence="No excuse."), an_objection("T3", Severity.AMBER, sentence="Look.")

    card = render_card(a_sheet("Sorry if", objections=(amber, red)))

    words = words_of(list(card.blocks))
    assert "This must change before it can be approved:" in words
    assert words.index("■ red N1") < words.index("▲ amber T3")
    assert "“Sorry”" in words
    assert ["Approve …"] == [e["text"]["text"] for _, e in elements_of(list(card.blocks)) if e["action_id"] == "approve"]


@pytest.mark.parametrize(("language", "said", "not_said"), [("nl", "Zet je naam", "Sign it"), ("en", "Sign it", "Zet je naam")])
def test_what_a_rule_says_stands_on_a_card_in_the_language_of_the_card(language: str, said: str, not_said: str) -> None:
    objection = an_objection("R10", sentence="Sign it.", nl="Zet je naam erbij.", en="Sign it.")

    sheet = a_sheet("Sorry", objections=(objection,), language=language)
    override = modals.override_modal(sheet, "C1")

    for blocks in (list(render_card(sheet).blocks), override["blocks"]):
        assert said in words_of(blocks)
        assert not_said not in words_of(blocks)


@pytest.mark.parametrize(("language", "said"), [("nl", "door niemand"), ("en", "by nobody")])
def test_a_card_that_nobody_wrote_a_text_for_says_so_in_its_language(language: str, said: str) -> None:
    assert said in words_of(list(render_card(a_sheet(written_by="nobody", language=language)).blocks))


@pytest.mark.parametrize("status", [s for s in ReplyStatus if s not in {ReplyStatus.AWAITING, ReplyStatus.SNOOZED}])
def test_a_decided_card_has_lost_its_decision_buttons_and_says_who_decided(status: ReplyStatus) -> None:
    card = render_card(a_sheet(status=status, decided=Decided(status, "Els Kamps", NOW)))

    actions = {element["action_id"] for _, element in elements_of(list(card.blocks))}
    assert not actions & {"approve", "edit", "snooze", "assign", "more"}
    if status is not ReplyStatus.EXPIRED:
        assert "Els Kamps" in words_of(list(card.blocks))


def test_a_card_to_be_posted_by_hand_has_the_text_the_link_and_a_button_for_it() -> None:
    card = render_card(a_sheet(status=ReplyStatus.HANDED_OVER, decided=Decided(ReplyStatus.APPROVED, "Els", NOW)))

    assert {"posted", "reject"} == {element["action_id"] for _, element in elements_of(list(card.blocks))}
    assert "https://social.example.org/@jo/1001" in json.dumps(card.blocks)


def test_what_was_posted_is_compared_with_what_was_approved() -> None:
    card = render_card(a_sheet("Sorry Jo. ^EK", status=ReplyStatus.POSTED, posted_url="https://x.example/1", posted_text="Sorry dear. ^EK"))

    [block] = [block for block in card.blocks if block.get("block_id") == "difference"]
    styles = {piece["text"]: piece.get("style") for piece in block["elements"][1]["elements"]}
    assert {"strike": True} == styles["Jo"]
    assert {"bold": True} == styles["dear"]


def test_a_new_version_shows_what_changed_and_by_whom() -> None:
    version = a_version("Sorry, our lock failed. ^EK", number=2, written_by="Bob")

    card = render_card(a_sheet(version=version, before="Sorry, the lock failed. ^EK"))

    [block] = [block for block in card.blocks if block.get("block_id") == "changes"]
    assert "Changed by Bob:" in words_of([block])


def test_a_crisis_calls_its_owner_and_nobody_else() -> None:
    stored = a_stored_mention(triage=a_triage(rules=("T12",)))
    waiting = render_card(a_sheet(mention=stored, owner="U0OWNER", approvals_needed=2))
    decided = render_card(a_sheet(mention=stored, owner="U0OWNER", status=ReplyStatus.APPROVED))
    normal = render_card(a_sheet(owner="U0OWNER"))

    assert {"<@U0OWNER>"} == set(find_pings(waiting.text, list(waiting.blocks)))
    assert [] == find_pings(decided.text, list(decided.blocks)) + find_pings(normal.text, list(normal.blocks))
    assert "two people must agree" in words_of(list(waiting.blocks))


def test_an_erased_post_leaves_only_that_it_was_erased() -> None:
    card = render_card(a_sheet(mention=a_mention("", author=Author("")), status=ReplyStatus.REJECTED, reason="T15: taken back"))

    assert "Nothing of the text is kept." in words_of(list(card.blocks))
    assert "on Mastodon" in words_of(list(card.blocks))


def test_the_sentence_beside_the_blocks_tells_the_same_without_pictures() -> None:
    card = render_card(a_sheet(mention=a_mention("A & <!here> lock"), language="nl"))

    assert "Antwoord 1 voor Waalfiets: wacht op akkoord. @jo@example.org op Mastodon: A &amp; &lt;!here&gt; lock" == card.text


def test_every_modal_keeps_slacks_limits_whatever_is_in_it() -> None:
    for language in ("nl", "en"):
        for text in ("Sorry. ^EK", "z" * 2_999, "z" * 9_000):
            sheet = a_full_sheet(LONG[4], text, ReplyStatus.AWAITING, language)
            red = sheet.reply.version.objections
            views = [
                modals.edit_modal(sheet, "C1"), modals.edit_modal(sheet, "C1", anyway=True, problems=red),
                modals.override_modal(sheet, "C1"),
                modals.whole_modal(sheet, "C1", approve=True), modals.reject_modal(sheet, "C1"), modals.snooze_modal(sheet, "C1"),
                modals.assign_modal(sheet, "C1"), modals.posted_modal(sheet, "C1"), modals.audit_modal(sheet, "C1", []),
                modals.alternatives_modal(sheet, "C1", [(HOSTILE, text)] * 12), modals.alternatives_modal(sheet, "C1", []),
                modals.note_modal(language, HOSTILE * 100),
            ]  # fmt: skip
            for view in views:
                assert [] == check_view(view), view["callback_id"]
                assert [] == find_pings("", view["blocks"])


def test_a_modal_brings_back_which_text_was_shown_and_where() -> None:
    reply = a_reply("Sorry. ^EK")

    assert (1, text_hash("Sorry. ^EK"), "C1") == modals.recall(modals.remember(reply, "C1"))
    assert value_of(reply) in modals.remember(reply, "C1")
    for forged in ("", "{", "[]", "{}", '{"value": 1, "channel": ""}', '{"value": "1:a", "channel": "C"}', 7, None):
        assert modals.recall(forged) is None


def test_only_well_formed_values_are_read_from_a_modal() -> None:
    empty = {"x": {"type": "plain_text_input", "value": None}}
    state = {"values": {"a": empty, "b": "no", "c": {"x": "no"}, "d": {"x": {"value": "yes"}}}}

    assert {"d": "yes"} == modals.read_values({"state": state})
    assert {} == modals.read_values("no") == modals.read_values({"state": {"values": []}})


def test_a_snoozed_card_says_until_when_and_an_expired_one_why() -> None:
    decided = Decided(ReplyStatus.SNOOZED, "Bob", NOW)
    snoozed = render_card(a_sheet(status=ReplyStatus.SNOOZED, snoozed_until=NOW + timedelta(hours=1), decided=decided))
    expired = render_card(a_sheet(status=ReplyStatus.EXPIRED, reason="nobody decided in time", language="nl"))

    assert "Put aside by Bob" in words_of(list(snoozed.blocks))
    assert "Verlopen: niemand besliste op tijd" in words_of(list(expired.blocks))
