"""Every adapter is held against its contract, and so is a set of broken ones, to show that the check can fail."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.contracts import Source
from monitor.domain.networks import NETWORKS
from monitor.settings import Settings, SourceSettings
from monitor.sources import SOURCES
from tests.builders import NOW, a_brand
from tests.contracts import SourceProof, verify_source
from tests.fakes import sources, web
from tests.fakes.web import WebSite

BRAND = a_brand()
SECRETS = (sources.SECRET, "hidden-password")


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


# Sources.


def build_source(kind: str, environment: Mapping[str, str] | None = None, **options: Any) -> Source:
    """Build a source as the monitor does, from its line in SOURCES and its settings."""
    usual = {name: option.default for name, option in SOURCES[kind].options.items() if option.default is not None}
    described = SourceSettings(name=f"our {kind}", kind=kind, brands=(), every=timedelta(minutes=5), options=usual | options)
    settings = Settings(
        config_dir=Path(),
        database_url="",
        brands=(BRAND,),
        sources=(described,),
        scorers=(),
        networks={},
        facts=(),
        templates={},
        environment=environment or {},
    )
    source: Source = SOURCES[kind].load().from_settings(described, settings)
    return source


def over_http(site: WebSite, good: web.Play, build: Callable[[], Source]) -> SourceProof:
    """Prove a source that reads a site: every status from 400 to 599, and all that a hostile site may play."""

    def plays(play: web.Play) -> Callable[[], None]:
        def put() -> None:
            site.everywhere = play

        return put

    return SourceProof(
        build=build,
        calm=plays(good),
        refusals={f"status {status}": plays(web.answer(b"no", status)) for status in range(400, 600)},
        troubles={name: plays(play) for name, play in web.HOSTILE.items()},
        secrets=SECRETS,
    )


def prove_rss(site: WebSite, folder: Path) -> SourceProof:
    entries = "".join(f"<item><guid>urn:{n}</guid><title>{n}</title></item>" for n in range(3))
    feed = web.answer(f"<rss version='2.0'><channel>{entries}</channel></rss>", etag='"1"')
    return over_http(
        site, feed, lambda: build_source("rss", urls=(site.url(f"/feed?token={sources.SECRET}"),), allow_private=("127.0.0.1",))
    )


def prove_hackernews(site: WebSite, folder: Path) -> SourceProof:
    moment = int(NOW.timestamp())
    hits = [{"objectID": str(n), "created_at_i": moment - n, "author": "jo", "comment_text": f"text {n}"} for n in range(3)]
    found = web.answer_json({"hits": hits, "nbHits": 3})
    return over_http(site, found, lambda: build_source("hackernews", api_url=site.url("/api/v1"), allow_private=("127.0.0.1",)))


def prove_file(site: WebSite, folder: Path) -> SourceProof:
    path = folder / "posts.jsonl"
    rows = "".join(json.dumps({"text": f"text {n}", "date": "2025-01-01", "network": "forum"}) + "\n" for n in range(1_200))

    def put(content: bytes) -> Callable[[], None]:
        def write() -> None:
            take_away()
            path.write_bytes(content)

        return write

    def put_folder() -> None:
        take_away()
        path.mkdir()

    def take_away() -> None:
        if path.is_dir():
            path.rmdir()
        path.unlink(missing_ok=True)

    return SourceProof(
        build=lambda: build_source("file", path=path),
        calm=put(rows.encode()),
        refusals={"no file": take_away, "one JSON array": put(b"[\n{}\n]\n")},
        troubles={
            "an empty file": put(b""),
            "zero bytes": put(bytes(9_999)),
            "garbage": put(bytes(range(256)) * 40),
            "deep nesting": put(b'{"a":' * 50_000),
            "half a line": put(rows.encode()[:50]),
            "an empty folder": put_folder,
        },
    )


def prove_mastodon(site: WebSite, folder: Path) -> SourceProof:
    author = {"id": "1", "acct": "jo@elsewhere.example"}
    statuses = [
        {"id": str(n), "uri": f"https://a.example/{n}", "created_at": NOW.isoformat(), "content": f"text {n}", "visibility": "public"}
        for n in range(3)
    ]
    found = [{**status, "account": author} for status in statuses]
    options: dict[str, Any] = {"api_url": site.url(), "allow_private": ("127.0.0.1",)}

    def good(stage: web.Stage) -> None:
        web.answer_json({"statuses": found} if "/search" in stage.request.target else found)(stage)

    return over_http(site, good, lambda: build_source("mastodon", {"MASTODON_READ_TOKEN": sources.SECRET}, **options))


def prove_x(site: WebSite, folder: Path) -> SourceProof:
    posts = [{"id": str(n), "text": f"text {n}", "author_id": "7", "created_at": NOW.isoformat()} for n in range(1, 4)]
    found = web.answer_json({"data": posts, "meta": {"result_count": 3}})
    environment = {"X_BEARER_TOKEN": sources.SECRET}
    return over_http(site, found, lambda: build_source("x", environment, api_url=site.url(), allow_private=("127.0.0.1",)))


def prove_bluesky(site: WebSite, folder: Path) -> SourceProof:
    author = {"did": "did:plc:jo", "handle": "jo.example"}
    posts = [
        {"uri": f"at://did:plc:jo/app.bsky.feed.post/{n}", "author": author, "indexedAt": NOW.isoformat(), "record": {"text": f"text {n}"}}
        for n in range(3)
    ]
    told = [{**post, "reason": "mention"} for post in posts]
    session = {"accessJwt": _jwt(), "refreshJwt": _jwt(), "handle": "we.example", "did": "did:plc:we", "active": True}
    environment = {"BLUESKY_HANDLE": "we.example", "BLUESKY_APP_PASSWORD": sources.SECRET}

    def good(stage: web.Stage) -> None:
        web.answer_json(session if "Session" in stage.request.target else {"posts": posts, "notifications": told})(stage)

    return over_http(site, good, lambda: build_source("bluesky", environment, api_url=site.url(), allow_private=("127.0.0.1",)))


def _jwt() -> str:
    packed = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "HS256"}, {"exp": 2**33})]
    return ".".join([*packed, "c2ln"])


def prove_lemmy(site: WebSite, folder: Path) -> SourceProof:
    def text(n: int) -> dict[str, str]:
        return {"ap_id": f"https://a.example/{n}", "published": NOW.isoformat(), "name": f"text {n}", "content": f"text {n}"}

    creator = {"name": "jo", "actor_id": "https://a.example/u/jo"}
    found = {f"{kind}s": [{kind: text(n), "creator": creator} for n in range(3)] for kind in ("post", "comment")}
    options: dict[str, Any] = {"api_url": site.url(), "allow_private": ("127.0.0.1",)}
    return over_http(site, web.answer_json(found), lambda: build_source("lemmy", **options))


def prove_discourse(site: WebSite, folder: Path) -> SourceProof:
    posts = [{"id": n, "username": "jo", "cooked": f"<p>text {n}</p>", "created_at": NOW.isoformat()} for n in range(1, 4)]
    options: dict[str, Any] = {"api_url": site.url(), "allow_private": ("127.0.0.1",)}
    return over_http(site, web.answer_json({"latest_posts": posts}), lambda: build_source("discourse", **options))


def prove_stackexchange(site: WebSite, folder: Path) -> SourceProof:
    moment = int(NOW.timestamp())
    posts = [{"question_id": n, "post_id": n, "creation_date": moment, "owner": {"user_id": 1}, "body": f"text {n}"} for n in (1, 2, 3)]
    options: dict[str, Any] = {"api_url": site.url("/2.3"), "allow_private": ("127.0.0.1",)}
    good = web.answer_json({"items": posts, "has_more": False})
    return over_http(site, good, lambda: build_source("stackexchange", {"STACKEXCHANGE_KEY": sources.SECRET}, **options))


def prove_github(site: WebSite, folder: Path) -> SourceProof:
    found = [{"node_id": f"I_{n}", "title": f"text {n}", "user": {"login": "jo"}, "created_at": NOW.isoformat()} for n in range(3)]
    good = web.answer_json({"items": found, "data": {"search": {"nodes": []}}})
    options: dict[str, Any] = {"api_url": site.url(), "allow_private": ("127.0.0.1",)}
    return over_http(site, good, lambda: build_source("github", {"GITHUB_READ_TOKEN": sources.SECRET}, **options))


def prove_forgejo(site: WebSite, folder: Path) -> SourceProof:
    found = [{"id": n, "title": f"text {n}", "user": {"login": "jo"}, "created_at": NOW.isoformat()} for n in range(1, 4)]
    options: dict[str, Any] = {"api_url": site.url(), "allow_private": ("127.0.0.1",)}
    return over_http(site, web.answer_json(found), lambda: build_source("forgejo", **options))


def prove_appstore(site: WebSite, folder: Path) -> SourceProof:
    entries = [
        {
            "id": {"label": str(n)},
            "title": {"label": f"text {n}"},
            "author": {"name": {"label": "jo"}},
            "updated": {"label": NOW.isoformat()},
        }
        for n in range(3)
    ]
    options: dict[str, Any] = {"apps": ("42",), "api_url": site.url(), "allow_private": ("127.0.0.1",)}
    return over_http(site, web.answer_json({"feed": {"entry": entries}}), lambda: build_source("appstore", **options))


def prove_reddit(site: WebSite, folder: Path) -> SourceProof:
    token = {"access_token": "r-1", "expires_in": 3600, "scope": "*"}
    site.pages["/api/v1/access_token"] = web.answer_json(token)
    post = {"title": "text", "author": "jo", "created_utc": NOW.timestamp()}
    things = [{"kind": "t3", "data": {**post, "name": f"t3_{n}"}} for n in range(3)]
    found = web.answer_json({"kind": "Listing", "data": {"children": things, "after": None}})
    environment = {"REDDIT_CLIENT_ID": "app", "REDDIT_CLIENT_SECRET": sources.SECRET}
    return over_http(site, found, lambda: build_source("reddit", environment, api_url=site.url(), allow_private=("127.0.0.1",)))


def prove_youtube(site: WebSite, folder: Path) -> SourceProof:
    about = {"authorDisplayName": "@jo", "textOriginal": "text", "publishedAt": NOW.isoformat()}
    threads = [{"id": f"T{n}", "snippet": {"topLevelComment": {"id": f"T{n}", "snippet": about}}} for n in range(3)]
    options: dict[str, Any] = {
        "videos": ("v1",),
        "channels": ("UC1",),
        "searches_per_day": 0,
        "api_url": site.url(),
        "allow_private": ("127.0.0.1",),
    }
    return over_http(site, web.answer_json({"items": threads}), lambda: build_source("youtube", {"YOUTUBE_KEY": sources.SECRET}, **options))


SOURCE_PROOFS: dict[str, Callable[[WebSite, Path], SourceProof]] = {
    "file": prove_file,
    "rss": prove_rss,
    "hackernews": prove_hackernews,
    "x": prove_x,
    "reddit": prove_reddit,
    "mastodon": prove_mastodon,
    "bluesky": prove_bluesky,
    "lemmy": prove_lemmy,
    "discourse": prove_discourse,
    "stackexchange": prove_stackexchange,
    "github": prove_github,
    "forgejo": prove_forgejo,
    "appstore": prove_appstore,
    "youtube": prove_youtube,
}


ASKED = [kind for kind, adapter in SOURCES.items() if not adapter.comes_by_itself]
"""What others send to us is proved in tests/monitor/test_receiving.py: there is nothing to ask for."""


def test_every_source_that_is_asked_has_a_proof_and_tests_of_its_own() -> None:
    tested = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "monitor" / "sources").glob("test_*.py")}

    assert set(SOURCE_PROOFS) == set(ASKED)
    assert set() == set(SOURCES) - tested


def test_every_network_that_is_read_has_its_own_name() -> None:
    # What stands in a file, in a feed or in what is sent comes from any network.
    assert set() == set(SOURCES) - {"file", "rss", "webhook"} - set(NETWORKS)


@pytest.mark.parametrize("kind", ASKED)
def test_a_source_keeps_its_contract(kind: str, site: WebSite, tmp_path: Path) -> None:
    verify_source(SOURCE_PROOFS[kind](site, tmp_path), BRAND)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_says_what_it_is_and_what_its_options_are(kind: str) -> None:
    adapter = SOURCES[kind]

    assert adapter.about.endswith(".")
    assert all(option.help.endswith(".") for option in adapter.options.values())


def prove_played(adapter: Any) -> SourceProof:
    def trouble(troubled: bool) -> Callable[[], None]:
        return lambda: setattr(sources.SoundSource, "troubled", troubled)

    return SourceProof(build=adapter, calm=trouble(False), refusals={"trouble": trouble(True)}, secrets=SECRETS)


def test_a_sound_source_passes() -> None:
    verify_source(prove_played(sources.SoundSource), BRAND)


@pytest.mark.parametrize(
    ("broken", "promise"),
    [
        (object, "it lacks a name or fetch"),
        (sources.WithoutName, "it has no name"),
        (sources.WithoutSettings, "it has no from_settings"),
        (sources.TakesMore, "fetch does not take brand and cursor"),
        (sources.DeclaresNothing, "fetch is not declared to return a Batch"),
        (sources.GivesAList, "fetch does not return a Batch"),
        (sources.FindsNothing, "it finds nothing where something is to be read"),
        (sources.CountsTheCursor, "its cursor is no text"),
        (sources.NeverEnds, "more never ends"),
        (sources.RemembersInItself, "it remembers in itself what only the cursor may remember"),
        (sources.Repeats, "one text is in a batch twice"),
        (sources.ForgetsTheBrand, "a mention is not of the brand it was fetched for"),
        (sources.ForgetsTheSource, "a mention does not name its source"),
        (sources.HasNoZone, "a mention's time is not in UTC"),
        (sources.LinksToAScript, "a mention's address is no web address"),
        (sources.RejectsWithoutReason, "a rejected row has no reason"),
        (sources.Sleeps, "it sleeps"),
        (sources.SleepsUnderAnotherName, "it sleeps"),
        (sources.OpensADatabase, "it opens a database"),
        (sources.AsksAnotherWay, "it looks at the clock"),
        (sources.LooksAtTheClock, "it looks at the clock"),
        (sources.AsksWhatDayItIs, "it looks at the clock"),
        (sources.StartsAThread, "it starts a thread"),
        (sources.LetsAnErrorOut, "trouble: KeyError leaves it, which is none of the three errors"),
        (sources.LeavesItsNameOut, "trouble: the message does not begin with its name"),
        (sources.TellsASecret, "trouble: a secret stands in the message"),
        (sources.TellsASecretBehindItsBack, "trouble: a secret stands in the message"),
        (sources.TalksTooMuch, "trouble: the message is too long to read"),
        (sources.WaitsInNoZone, "trouble: retry_at is not in UTC"),
        (sources.TakesARefusalForAnAnswer, "trouble: it takes a refusal for an answer"),
        (sources.LosesSomethingAfterTrouble, "trouble: something is lost afterwards"),
    ],
)
def test_a_broken_source_is_found_out(broken: Any, promise: str) -> None:
    with pytest.raises(AssertionError, match=promise):
        verify_source(prove_played(broken), BRAND)


def test_a_source_that_chokes_on_a_strange_cursor_is_found_out() -> None:
    with pytest.raises(ValueError, match="not ours"):
        verify_source(prove_played(sources.ChokesOnStrangeCursors), BRAND)
