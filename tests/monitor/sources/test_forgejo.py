"""A server of Forgejo: issues and pull requests, pages back, what became of them, and everything that may be wrong with an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import AdapterError, Recheck, Unavailable
from monitor.domain import Author, Mention
from tests.builders import a_mention
from tests.fakes import web
from tests.fakes.replay import cuts, spoiled
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, fetch, hold_against_hostile_sites, read_round

START = datetime(2026, 3, 1, tzinfo=UTC)


def at(minute: int) -> str:
    return (START + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%SZ")


def an_issue(number: int, **changes: Any) -> dict[str, Any]:
    """Return an issue in the form that a server's own papers (/api/swagger) give."""
    issue = {
        "id": number,
        "number": number,
        "html_url": f"https://codeberg.example/an/app/issues/{number}",
        "title": "Slot",
        "body": "Mijn **Waalfiets** gaat niet open",
        "user": {"id": 7, "login": "jo", "full_name": "Jo", "email": "jo@noreply.codeberg.example", "visibility": "public"},
        "original_author": "",
        "created_at": at(number),
        "updated_at": at(number),
        "pull_request": None,
        "repository": {"id": 3, "name": "app", "owner": "an", "full_name": "an/app"},
    }
    return issue | changes


class Forge:
    """Plays the search of a server, the last written first, with its pages, of which none is longer than it likes."""

    def __init__(self, issues: Sequence[dict[str, Any]] = (), most: int = 50) -> None:
        self.issues = list(issues)
        self.most = most
        self.asked: list[dict[str, str]] = []

    def __call__(self, stage: web.Stage) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(stage.request.target).query).items()}
        self.asked.append(asked)
        pulls = asked["type"] == "pulls"
        found = [one for one in self.issues if bool(one["pull_request"]) is pulls and one["updated_at"] >= asked.get("since", "")]
        found.sort(key=lambda one: str(one["created_at"]), reverse=True)
        size, page = min(int(asked["limit"]), self.most), int(asked["page"])
        web.answer_json(found[(page - 1) * size : page * size])(stage)


def a_source(site: WebSite) -> Any:
    return build("forgejo", api_url=site.url(), allow_private=("127.0.0.1",))


def name(site: WebSite, number: int) -> str:
    return site.url(f"/#{number}")


def test_an_issue_and_a_pull_request_become_mentions(site: WebSite) -> None:
    site.everywhere = forge = Forge([an_issue(5), an_issue(6, pull_request={"merged": False}, body="waalfiets")])

    issue, pull = read_round(a_source(site))[0]

    assert issue == Mention(
        network="forgejo",
        external_id=name(site, 5),
        brand="waalfiets",
        author=Author(f"@jo@{urlsplit(site.url()).netloc}", "Jo"),
        text="Slot\n\nMijn **Waalfiets** gaat niet open",
        url="https://codeberg.example/an/app/issues/5",
        posted_at=START + timedelta(minutes=5),
        source="ours",
        community="an/app",
    )
    assert (name(site, 6), "Slot\n\nwaalfiets") == (pull.external_id, pull.text)
    assert {"q": "waalfiets", "type": "issues", "state": "all", "limit": "50", "page": "1"} == forge.asked[0]


def test_our_own_project_and_our_own_words_are_known_and_who_hides_is_left_out(site: WebSite) -> None:
    hidden = an_issue(1, user={"login": "eve", "visibility": "private"})
    ours = an_issue(2, user={"login": "Waalfiets"})
    site.everywhere = Forge([hidden, ours, an_issue(3)])
    brand = replace(BRAND, own_communities=("an",), handles=("@waalfiets",))

    mentions, _, reasons = read_round(a_source(site), brand=brand)

    assert ([(name(site, 3), True)], []) == ([(one.external_id, one.own_channel) for one in mentions], reasons)


def test_what_was_brought_over_counts_for_who_wrote_it_there(site: WebSite) -> None:
    site.everywhere = Forge([an_issue(1, original_author="Anneke")])

    (mention,) = read_round(a_source(site))[0]

    assert Author("Anneke") == mention.author


def test_later_readings_go_back_to_where_it_was_however_short_the_pages(site: WebSite) -> None:
    site.everywhere = forge = Forge([an_issue(n) for n in range(1, 61)], most=30)
    source = a_source(site)
    first, cursor, _ = read_round(source)
    forge.issues += [an_issue(n) for n in range(61, 200)]
    mentions, cursor, reasons = read_round(source, cursor)
    forge.asked.clear()
    again, _, _ = read_round(source, cursor)

    assert (30, []) == (len(first), reasons)
    assert {name(site, n) for n in range(61, 200)} <= {mention.external_id for mention in mentions}
    assert {name(site, n) for n in range(189, 200)} == {mention.external_id for mention in again}
    assert ["2026-03-01T03:09:00Z", "2026-03-01T03:09:00Z", None] == [one.get("since") for one in forge.asked]


def test_a_flood_ends_and_is_told(site: WebSite) -> None:
    site.everywhere = forge = Forge([an_issue(1)])
    source = a_source(site)
    _, cursor, _ = read_round(source)
    forge.issues += [an_issue(n) for n in range(2, 1_300)]

    told = "more than 20 pages came since the last reading, and the older ones are not read: issue:waalfiets"
    assert [told] == read_round(source, cursor)[2]


def test_a_brand_without_terms_asks_nothing(site: WebSite) -> None:
    assert ([], []) == (list(a_source(site).fetch(replace(BRAND, terms=()), "").mentions), site.requests)


def looked(site: WebSite, *mentions: Mention) -> Recheck:
    found = a_source(site).recheck(BRAND, mentions)
    assert isinstance(found, Recheck)
    return found


def a_text(site: WebSite, number: int, **more: Any) -> Mention:
    return a_mention("Slot", **{"external_id": name(site, number), "url": f"https://codeberg.example/an/app/issues/{number}", **more})


def test_what_became_of_issues_is_asked_where_they_stand(site: WebSite) -> None:
    issues = "/api/v1/repos/an/app/issues"
    ghost = {"id": -1, "login": "Ghost"}
    site.pages = {
        f"{issues}/1": web.answer_json(an_issue(1, body="Opgelost")),
        f"{issues}/2": web.answer_json({"message": "not found"}, 404),
        f"{issues}/3": web.answer_json(an_issue(3, user=ghost)),
        f"{issues}/4": web.answer_json(an_issue(4, user=ghost)),
        f"{issues}/5": web.answer_json(an_issue(50)),
        "/api/v1/version": web.answer_json({"version": "12.0.0"}),
    }
    texts = [a_text(site, number) for number in (1, 2, 3, 5)]
    nobodys = a_text(site, 4, author=Author("@Ghost@codeberg.example"))
    strange = [a_text(site, 6, url="https://codeberg.example/an/app"), a_text(site, 7, external_id="https://elsewhere.example/#7")]
    found = looked(site, *texts, nobodys, *strange)

    assert {name(site, 1): "Slot\n\nOpgelost", name(site, 4): "Slot\n\nMijn **Waalfiets** gaat niet open"} == found.there
    assert {name(site, 2), name(site, 3)} == found.gone


def test_not_found_is_believed_only_of_who_says_what_it_is(site: WebSite) -> None:
    for version in (web.answer_json({}), web.answer(b"", 404)):
        site.pages = {"/api/v1/repos/an/app/issues/1": web.answer(b"", 404), "/api/v1/version": version}
        with pytest.raises(AdapterError, match=r"^ours: .*/api/v1/version"):
            looked(site, a_text(site, 1))


def test_one_issue_in_trouble_leaves_what_was_said_of_the_others(site: WebSite) -> None:
    issues = "/api/v1/repos/an/app/issues"
    site.pages = {
        f"{issues}/1": web.answer(b"", 500),
        f"{issues}/2": web.answer_json(an_issue(2)),
        f"{issues}/3": web.answer(b"", 429),
    }

    assert {name(site, 2)} == set(looked(site, *(a_text(site, number) for number in (1, 2, 3, 4))).there)
    with pytest.raises(Unavailable, match=r"^ours: .*answered 500"):
        looked(site, a_text(site, 1))


@pytest.mark.parametrize("body", ["", "null", "{}", "<html>", '{"message": "Only signed in user is allowed to call APIs."}'])
def test_an_answer_that_is_no_list_may_pass(site: WebSite, body: str) -> None:
    site.everywhere = web.answer(body)

    with pytest.raises(Unavailable, match=r"^ours: http://127"):
        a_source(site).fetch(BRAND, "")


def test_an_answer_cut_or_spoiled_anywhere_is_an_error_or_loses_no_other_issue(site: WebSite) -> None:
    source = a_source(site)
    for body in cuts('[{"id": 1}]'):
        site.everywhere = web.answer(body, content_type="application/json")
        with pytest.raises(Unavailable, match=r"^ours: "):
            source.fetch(BRAND, "")
    for place, broken in spoiled(an_issue(1)):
        site.everywhere = web.answer_json([broken, an_issue(2)])
        batch = fetch(source)

        assert batch is not None
        assert name(site, 2) in [mention.external_id for mention in batch.mentions], place


def test_hostile_sites_are_answered_by_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site))
