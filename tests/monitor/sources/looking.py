"""Every source that can say what became of what it found, with two texts that still stand, and the server that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from monitor.contracts import AdapterError, Recheck
from monitor.domain import Mention
from tests.builders import a_mention
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources import (
    test_bluesky,
    test_discourse,
    test_forgejo,
    test_github,
    test_lemmy,
    test_mastodon,
    test_reddit,
    test_stackexchange,
    test_x,
    test_youtube,
)
from tests.monitor.sources.proving import BRAND, build

Source = Any


@dataclass
class Look:
    """A source, two of its texts, and what its network plays while both stand there unchanged."""

    source: Source
    mentions: tuple[Mention, Mention]
    good: web.Play

    def recheck(self) -> Recheck:
        found = self.source.recheck(BRAND, self.mentions)
        assert isinstance(found, Recheck)
        return found

    def or_an_error(self) -> Recheck:
        """Return what was found out, which is nothing where one of the three errors says so by the source's name."""
        try:
            return self.recheck()
        except AdapterError as error:
            if not str(error).startswith(f"{self.source.name}: "):
                raise
            return Recheck()


class Texts:
    """Plays a server that is asked for one text after the other, by address."""

    def __init__(self, texts: Mapping[str, Any], missing: web.Play) -> None:
        self.texts, self.missing = dict(texts), missing
        self.asked: list[str] = []

    def __call__(self, stage: web.Stage) -> None:
        target = stage.request.target
        self.asked.append(target)
        (web.answer_json(self.texts[target]) if target in self.texts else self.missing)(stage)


def mention(external_id: str, text: str = "x", **more: Any) -> Mention:
    return a_mention(text, external_id=external_id, **more)


def reddit(site: WebSite) -> Look:
    site.pages[test_reddit.TOKEN] = web.answer_json({"access_token": "t", "token_type": "bearer", "expires_in": 3600, "scope": "*"})
    listing = test_reddit.listing(test_reddit.post("t3_a"), test_reddit.comment("t1_b"))
    return Look(test_reddit.make(site), (mention("t3_a"), mention("t1_b")), web.answer_json(listing))


def x(site: WebSite) -> Look:
    one, other = test_x.at(hours=1), test_x.at(hours=2)
    return Look(test_x.make(site), (mention(one), mention(other)), web.answer_json({"data": [test_x.post(one), test_x.post(other)]}))


def mastodon(site: WebSite) -> Look:
    source = build("mastodon", api_url=site.url(), allow_private=("127.0.0.1",))
    uris = [f"{site.url()}users/jo/statuses/{number}" for number in (1, 2)]
    statuses = {number: test_mastodon.a_status(1, uri=uri, id=number) for number, uri in zip("12", uris, strict=True)}

    def play(stage: web.Stage) -> None:
        asked = parse_qs(urlsplit(stage.request.target).query).get("id[]", [])
        web.answer_json([statuses[one] for one in asked])(stage)

    return Look(source, (mention(uris[0]), mention(uris[1])), play)


def bluesky(site: WebSite) -> Look:
    uris = [f"at://did:plc:jo/app.bsky.feed.post/{number}" for number in (1, 2)]

    def play(stage: web.Stage) -> None:
        if "getPosts" in stage.request.target:
            return web.answer_json({"posts": [test_bluesky.a_post(1), test_bluesky.a_post(2)]})(stage)
        return test_bluesky.Server([])(stage)

    return Look(test_bluesky.a_source(site), (mention(uris[0]), mention(uris[1])), play)


def hackernews(site: WebSite) -> Look:
    source = build("hackernews", items_url=site.url("/v0"), allow_private=("127.0.0.1",))
    texts = {f"/v0/item/{number}.json": {"id": number, "text": "x"} for number in (1, 2)}
    return Look(source, (mention("1"), mention("2")), Texts(texts, web.answer_json(None)))


def discourse(site: WebSite) -> Look:
    names = [site.url(f"/p/{number}") for number in (1, 2)]
    forum = test_discourse.Forum([test_discourse.a_post(1), test_discourse.a_post(2)])
    return Look(test_discourse.a_source(site), (mention(names[0]), mention(names[1])), forum)


def lemmy(site: WebSite) -> Look:
    post, comment = site.url("/post/1"), site.url("/comment/2")
    texts = {
        "/api/v3/post?id=1": {"post_view": test_lemmy.a_post(0, ap_id=post)},
        "/api/v3/comment?id=2": {"comment_view": test_lemmy.a_comment(1, ap_id=comment)},
    }
    return Look(
        test_lemmy.a_source(site), (mention(post), mention(comment)), Texts(texts, web.answer_json({"error": "couldnt_find_post"}, 404))
    )


def stackexchange(site: WebSite) -> Look:
    posts = [test_stackexchange.a_question(1), test_stackexchange.a_question(2, post_type="answer", answer_id=2)]
    names = ("stackoverflow/1", "stackoverflow/2")
    return Look(test_stackexchange.a_source(site), (mention(names[0]), mention(names[1])), test_stackexchange.Service(posts))


def github(site: WebSite) -> Look:
    nodes = [test_github.a_node(1), test_github.a_node(2, "IssueComment", title=None)]
    source = test_github.a_source(site, test_github.TOKEN)
    return Look(source, (mention("I_1"), mention("I_2")), web.answer_json({"data": {"nodes": nodes}}))


def github_without_a_token(site: WebSite) -> Look:
    texts = {f"/repos/an/app/issues/{number}": test_github.an_issue(number) for number in (1, 2)}
    one, other = (mention(f"I_{number}", url=f"https://github.com/an/app/issues/{number}") for number in (1, 2))
    meta = {"/meta": {"verifiable_password_authentication": False}}
    return Look(test_github.a_source(site), (one, other), Texts(texts | meta, web.answer_json({"message": "Not Found"}, 404)))


def forgejo(site: WebSite) -> Look:
    texts = {f"/api/v1/repos/an/app/issues/{number}": test_forgejo.an_issue(number) for number in (1, 2)}
    one, other = (mention(site.url(f"/#{number}"), url=site.url(f"/an/app/issues/{number}")) for number in (1, 2))
    version = {"/api/v1/version": {"version": "12.0.0"}}
    return Look(test_forgejo.a_source(site), (one, other), Texts(texts | version, web.answer_json({"message": "not found"}, 404)))


def youtube(site: WebSite) -> Look:
    comments = {"kind": "youtube#commentListResponse", "items": [test_youtube.a_comment("c1"), test_youtube.a_comment("c2")]}
    return Look(test_youtube.a_source(site), (mention("c1"), mention("c2")), web.answer_json(comments))


def rss(site: WebSite) -> Look:
    source = build("rss", urls=(site.url("/feed"),), allow_private=("127.0.0.1",))
    mentions = (mention("urn:a", url=site.url("/a")), mention("urn:b", url=site.url("/b")))
    return Look(source, mentions, Texts({"/a": {}, "/b": {}}, web.answer(b"", 404)))


LOOKS: Mapping[str, Callable[[WebSite], Look]] = {
    "reddit": reddit,
    "x": x,
    "mastodon": mastodon,
    "bluesky": bluesky,
    "hackernews": hackernews,
    "discourse": discourse,
    "lemmy": lemmy,
    "stackexchange": stackexchange,
    "github": github,
    "github without a token": github_without_a_token,
    "forgejo": forgejo,
    "youtube": youtube,
    "rss": rss,
}
"""By kind, and after it how it is asked where there are two ways."""

READ = tuple(name for name in LOOKS if name != "rss")
"""Those whose answers say in their bodies what became of a text; of a page only the status is heard, and nothing in it can mislead."""
