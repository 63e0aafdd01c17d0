"""GitHub: issues, pull requests, comments and discussions, its limits, and everything that may be wrong with an answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import AdapterError, RateLimited, Recheck, Rejected, Unavailable
from monitor.domain import Author, Mention
from tests.builders import a_mention
from tests.fakes import web
from tests.fakes.replay import spoiled
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, hold_against_wrong_answers, read_round

TOKEN = "hidden-token"
START = datetime(2026, 3, 1, tzinfo=UTC)


def at(minute: int) -> str:
    return (START + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%SZ")


def an_issue(minute: int = 0, **changes: Any) -> dict[str, Any]:
    issue = {"node_id": f"I_{minute}", "title": "Lock", "body": "My Waalfiets is stuck", "user": {"login": "jo", "type": "User"}}
    issue |= {"html_url": f"https://github.com/an/app/issues/{minute}", "created_at": at(minute), "updated_at": at(minute)}
    return issue | {"repository_url": "https://api.github.com/repos/an/app"} | changes


def a_discussion(minute: int = 0, **changes: Any) -> dict[str, Any]:
    discussion = {
        "id": f"D_{minute}",
        "url": "https://github.com/an/app/discussions/1",
        "title": "Hi",
        "body": "Waalfiets",
        "createdAt": at(minute),
    }
    return discussion | {"author": {"login": "jo"}, "repository": {"nameWithOwner": "an/app"}} | changes


def a_node(number: int, kind: str = "Issue", **changes: Any) -> dict[str, Any]:
    node: dict[str, Any] = {"__typename": kind, "id": f"I_{number}", "url": "https://github.com/an/app/issues/1", "title": "Lock"}
    node |= {"body": "My Waalfiets is stuck", "createdAt": at(number), "lastEditedAt": None, "author": {"login": "jo"}}
    return node | {"repository": {"nameWithOwner": "an/app"}} | changes


class Service:
    """Plays the search of issues and comments, single comments, and the search of discussions."""

    def __init__(
        self, issues: Sequence[dict[str, Any]] = (), commented: Sequence[dict[str, Any]] = (), discussions: Sequence[Any] = ()
    ) -> None:
        self.issues = list(issues)
        self.commented = list(commented)
        self.discussions = list(discussions)
        self.comments: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        self.asked.append(asked.get("q", place.path))
        if place.path == "/graphql":
            info = {"hasNextPage": len(self.discussions) > 1 and len(self.asked) < 6, "endCursor": "further"}
            web.answer_json({"data": {"search": {"nodes": self.discussions, "pageInfo": info}}})(stage)
        elif place.path == "/search/issues":
            found, key = (self.commented, "updated") if "in:comments" in asked["q"] else (self.issues, "created")
            edge = asked["q"].partition(f"{key}:>=")[2]
            found = sorted((one for one in found if one[f"{key}_at"] >= edge), key=lambda one: str(one[f"{key}_at"]), reverse=True)
            size, number = int(asked["per_page"]), int(asked["page"])
            page = [] if "is:pull-request" in asked["q"] else found[(number - 1) * size : number * size]
            web.answer_json({"total_count": len(found), "items": page})(stage)
        elif place.path in self.comments:
            web.answer_json(self.comments[place.path])(stage)
        else:
            web.answer_json({"message": "Not Found"}, 404)(stage)


def a_source(site: WebSite, token: str = "") -> Any:
    environment = {"GITHUB_READ_TOKEN": token} if token else {}
    return build("github", environment, api_url=site.url(), allow_private=("127.0.0.1",))


def test_an_issue_becomes_a_mention(site: WebSite) -> None:
    site.everywhere = service = Service([an_issue(5)])

    (mention,) = read_round(a_source(site))[0]

    assert mention == Mention(
        network="github",
        external_id="I_5",
        brand="waalfiets",
        author=Author("jo"),
        text="Lock\n\nMy Waalfiets is stuck",
        url="https://github.com/an/app/issues/5",
        posted_at=START + timedelta(minutes=5),
        source="ours",
        community="an/app",
    )
    assert ['"waalfiets" in:title,body is:issue', '"waalfiets" in:title,body is:pull-request'] == service.asked
    assert all("authorization" not in request.headers for request in site.requests)


def commented(site: WebSite, service: Service, *numbers: int, **changes: Any) -> dict[str, Any]:
    urls = [f"/repos/an/app/issues/comments/{number}" for number in numbers]
    for number, url in zip(numbers, urls, strict=True):
        comment = an_issue(number, node_id=f"C_{number}", title=None, body="waalfiets again", issue_url="x")
        service.comments[url] = {name: value for name, value in comment.items() if name != "repository_url"} | changes
    return an_issue(1, text_matches=[{"object_type": "IssueComment", "object_url": site.url(url)} for url in urls])


def test_with_a_token_comments_and_discussions_are_read(site: WebSite) -> None:
    site.everywhere = service = Service(discussions=[a_discussion(3)])
    service.commented = [commented(site, service, 9)]

    comment, discussion = read_round(a_source(site, TOKEN), brand=replace(BRAND, own_communities=("an/app",)))[0]

    assert ("C_9", "waalfiets again", "I_1", "an/app", True) == (
        comment.external_id,
        comment.text,
        comment.parent_id,
        comment.community,
        comment.own_channel,
    )
    assert ("D_3", "Hi\n\nWaalfiets", "an/app") == (discussion.external_id, discussion.text, discussion.community)
    assert {f"Bearer {TOKEN}"} == {request.headers["authorization"] for request in site.requests}


def test_a_comment_that_is_gone_and_one_that_lies_elsewhere_are_not_read(site: WebSite) -> None:
    site.everywhere = service = Service()
    found = commented(site, service, 9)
    matches = [
        ("IssueComment", site.url("/repos/an/app/issues/comments/404")),
        ("IssueComment", "http://10.0.0.1/repos/x"),
        ("Issue", site.url("/repos/x")),
    ]
    found["text_matches"] += [{"object_type": kind, "object_url": url} for kind, url in matches]
    service.commented = [found]

    mentions, _, reasons = read_round(a_source(site, TOKEN))

    assert (["C_9"], []) == ([mention.external_id for mention in mentions], reasons)


def test_a_comment_that_may_not_be_read_is_told(site: WebSite) -> None:
    site.everywhere = service = Service()
    service.commented = [commented(site, service, 9)]
    site.pages["/repos/an/app/issues/comments/9"] = web.answer_json({"message": "no"}, 401)

    with pytest.raises(Rejected, match=r"^ours: .*GITHUB_READ_TOKEN"):
        read_round(a_source(site, TOKEN))


def test_more_comments_than_are_looked_up_at_once_are_told(site: WebSite) -> None:
    site.everywhere = service = Service()
    service.commented = [commented(site, service, *range(17))]

    mentions, _, reasons = read_round(a_source(site, TOKEN))

    assert (15, ["2 comments more than 15 were found at once, and are not read"]) == (len(mentions), reasons)


def test_bots_leave_no_trace_and_we_do_not_hear_ourselves(site: WebSite) -> None:
    users = [{"login": "dependabot[bot]", "type": "Bot"}, {"login": "Waalfiets", "type": "Organization"}, {"login": "jo", "type": "User"}]
    site.everywhere = Service([an_issue(n, user=user) for n, user in enumerate(users)])

    mentions, _, reasons = read_round(a_source(site))

    assert (["jo"], []) == ([mention.author.handle for mention in mentions], reasons)


def test_later_readings_go_back_to_where_it_was(site: WebSite) -> None:
    site.everywhere = service = Service([an_issue(n) for n in range(60)])
    source = a_source(site)
    first, cursor, _ = read_round(source)
    service.issues += [an_issue(n) for n in range(60, 260)]

    mentions, _, reasons = read_round(source, cursor)

    assert (50, []) == (len(first), reasons)
    assert {f"I_{n}" for n in range(60, 260)} <= {mention.external_id for mention in mentions}
    assert '"waalfiets" in:title,body is:issue created:>=2026-03-01T00:49:00Z' in service.asked


def test_discussions_are_read_page_by_page(site: WebSite) -> None:
    site.everywhere = service = Service(discussions=[a_discussion(1)])
    source = a_source(site, TOKEN)
    _, cursor, _ = read_round(source)
    service.discussions = [a_discussion(2), a_discussion(3)]
    service.asked.clear()

    mentions, _, _ = read_round(source, cursor)

    assert {"D_2", "D_3"} == {mention.external_id for mention in mentions}
    assert 3 == service.asked.count("/graphql")


def test_a_flood_ends_and_is_told(site: WebSite) -> None:
    site.everywhere = service = Service(discussions=[a_discussion(1)])
    source = a_source(site, TOKEN)
    _, cursor, _ = read_round(source)
    pages = {"data": {"search": {"nodes": [a_discussion(2)], "pageInfo": {"hasNextPage": True, "endCursor": "again"}}}}
    site.pages["/graphql"] = web.answer_json(pages)

    reasons = read_round(source, cursor)[2]

    assert ["more than 20 pages came since the last reading, and the older ones are not read: discussions:waalfiets"] == reasons
    assert service.asked


def test_discussions_that_may_not_be_searched_are_told(site: WebSite) -> None:
    site.everywhere = Service()
    site.pages["/graphql"] = web.answer_json({"data": None, "errors": [{"message": "Resource not accessible"}]})

    with pytest.raises(Rejected, match=r"^ours: .* does not let us search discussions: Resource not accessible$"):
        read_round(a_source(site, TOKEN))


def test_no_request_left_says_when_to_come_back(site: WebSite) -> None:
    reset = str(int(datetime(2099, 1, 1, tzinfo=UTC).timestamp()))
    site.everywhere = web.answer_json({"message": "rate limit"}, 403, x_ratelimit_remaining="0", x_ratelimit_reset=reset)
    with pytest.raises(RateLimited, match=r"^ours: .* answered 403: it asks us to wait until"):
        a_source(site).fetch(BRAND, "")

    site.everywhere = web.answer_json({"message": "secondary rate limit"}, 403, retry_after="60")
    with pytest.raises(RateLimited, match=r"^ours: .* answered 403: it asks us to wait until"):
        a_source(site).fetch(BRAND, "")


def test_a_token_goes_over_no_open_line() -> None:
    with pytest.raises(Rejected, match=r"^ours: api_url must begin with https://"):
        build("github", {"GITHUB_READ_TOKEN": TOKEN}, api_url="http://github.example/api/v3")


def test_a_brand_without_terms_asks_nothing(site: WebSite) -> None:
    assert ([], []) == (list(a_source(site).fetch(replace(BRAND, terms=()), "").mentions), site.requests)


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"items": {}}', "<html>", '{"message": "Validation Failed"}'])
def test_an_answer_that_is_no_search_result_may_pass(site: WebSite, body: str) -> None:
    site.everywhere = web.answer(body)

    with pytest.raises(Unavailable, match=r"^ours: http://127"):
        a_source(site).fetch(BRAND, "")


def test_an_answer_cut_or_spoiled_anywhere_is_an_error_or_a_batch(site: WebSite) -> None:
    assert hold_against_wrong_answers(site, a_source(site), {"total_count": 2, "items": [an_issue(1), an_issue(2)]}) > 100


def test_a_wrong_type_loses_no_other_issue(site: WebSite) -> None:
    for place, broken in spoiled(an_issue(1, text_matches=[{"object_type": "x", "object_url": "y"}])):
        site.everywhere = web.answer_json({"items": [broken, an_issue(2)]})

        assert "I_2" in [mention.external_id for mention in a_source(site).fetch(BRAND, "").mentions], place


def test_any_discussion_at_all_is_a_mention_or_a_reason(site: WebSite) -> None:
    source = a_source(site, TOKEN)
    site.everywhere = Service()
    cursor = ""
    while "turn" not in (state := json.loads(cursor or "{}")) or len(site.requests) < 3:
        cursor = source.fetch(BRAND, cursor).cursor
        assert state is not None
    for place, broken in spoiled(a_discussion(1)):
        site.everywhere = web.answer_json({"data": {"search": {"nodes": [broken, a_discussion(2)], "pageInfo": {}}}})

        assert "D_2" in [mention.external_id for mention in source.fetch(BRAND, cursor).mentions], place


def test_hostile_sites_are_answered_by_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site, TOKEN))


def looked(source: Any, *mentions: Mention) -> Recheck:
    found = source.recheck(BRAND, mentions)
    assert isinstance(found, Recheck)
    return found


def a_text(number: int, text: str = "Lock\n\nMy Waalfiets is stuck", **more: Any) -> Mention:
    return a_mention(text, **{"external_id": f"I_{number}", "url": f"https://github.com/an/app/issues/{number}", **more})


def test_what_became_of_texts_is_asked_a_hundred_at_once_by_id(site: WebSite) -> None:
    nodes: list[Any] = [
        a_node(1),
        a_node(2, "PullRequest", body="It turns again", lastEditedAt=at(9)),
        a_node(3, "Discussion", title="Lock, solved"),
        a_node(4, "IssueComment", author=None),
        a_node(5, author=None),
        None,
        None,
        {"__typename": "Repository"},
        a_node(9, body="not edited, GitHub says, and of a form of its own"),
    ]
    errors = [
        {"type": "NOT_FOUND", "path": ["nodes", 5]},
        {"type": "FORBIDDEN", "path": ["nodes", 6]},
        {"type": "NOT_FOUND", "path": ["x"]},
    ]
    site.everywhere = web.answer_json({"data": {"nodes": nodes}, "errors": errors})
    source = a_source(site, TOKEN)
    texts = [a_text(number) for number in range(1, 10)]
    texts[4] = a_text(5, author=Author("ghost"))
    found = looked(source, *texts)

    assert {"I_1": "", "I_2": "Lock\n\nIt turns again", "I_3": "Lock, solved\n\nMy Waalfiets is stuck", "I_5": "", "I_9": ""} == found.there
    assert {"I_4", "I_6"} == found.gone
    assert ["/graphql"] == [request.target for request in site.requests]
    assert (100, 20) == (source.recheck_most, a_source(site).recheck_most)


def test_an_answer_about_fewer_texts_than_were_asked_about_says_nothing(site: WebSite) -> None:
    source = a_source(site, TOKEN)
    for answer in ({"data": {"nodes": [None]}}, {"data": None, "errors": [{"message": "Something went wrong"}]}):
        site.everywhere = web.answer_json(answer)
        with pytest.raises(Unavailable, match=r"^ours: .* does not say what became of what was asked"):
            looked(source, a_text(1), a_text(2))


def test_a_used_up_limit_of_graphql_says_when_to_come_back(site: WebSite) -> None:
    reset = str(int(datetime(2099, 1, 1, tzinfo=UTC).timestamp()))
    answer = {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}
    for headers in ({"x_ratelimit_reset": reset}, {}):
        site.everywhere = web.answer_json(answer, **headers)
        with pytest.raises(RateLimited, match=r"^ours: .*graphql asks us to wait until"):
            looked(a_source(site, TOKEN), a_text(1))


def test_without_a_token_each_text_is_asked_for_where_it_stands(site: WebSite) -> None:
    issues = "/repos/an/app/issues"
    site.pages[f"{issues}/1"] = web.answer_json(an_issue(1, body="It turns again"))
    site.pages[f"{issues}/2"] = web.answer_json({"message": "Not Found"}, 404)
    site.pages[f"{issues}/3"] = web.answer_json({"message": "This issue was deleted"}, 410)
    site.pages[f"{issues}/comments/7"] = web.answer_json(an_issue(4, title=None, user={"login": "ghost", "type": "User"}))
    site.pages[f"{issues}/5"] = web.answer_json(an_issue(6))
    site.pages["/meta"] = web.answer_json({"verifiable_password_authentication": True})
    comment = a_text(4, url="https://github.com/an/app/issues/1#issuecomment-7")
    discussion = a_text(8, url="https://github.com/an/app/discussions/8")
    found = looked(a_source(site), *map(a_text, (1, 2, 3)), comment, a_text(5), discussion)

    assert Recheck({"I_1": "Lock\n\nIt turns again"}, frozenset({"I_2", "I_3", "I_4"})) == found


def test_not_found_is_believed_only_of_who_says_that_it_is_github(site: WebSite) -> None:
    site.pages["/repos/an/app/issues/1"] = web.answer(b"", 404)
    for answer in (web.answer_json({}), web.answer(b"", 404)):
        site.pages["/meta"] = answer
        with pytest.raises(AdapterError, match=r"^ours: .*/meta|^ours: .*does not say that it is GitHub"):
            looked(a_source(site), a_text(1))


def test_one_text_in_trouble_leaves_what_was_said_of_the_others(site: WebSite) -> None:
    site.pages["/repos/an/app/issues/1"] = web.answer(b"", 500)
    site.pages["/repos/an/app/issues/2"] = web.answer_json(an_issue(2))
    site.pages["/repos/an/app/issues/3"] = web.answer(b"", 429)

    assert {"I_2"} == set(looked(a_source(site), *map(a_text, (1, 2, 3, 4))).there)
    with pytest.raises(Unavailable, match=r"^ours: .*answered 500"):
        looked(a_source(site), a_text(1))
