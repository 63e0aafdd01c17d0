"""Every source that reads over HTTP, held in one loop against answers that are cut, spoiled, slow or broken off: real ones where recorded.

`make test` plays a sample, always the same; with GRAPEVINE_FUZZ=all everything is played.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from monitor.contracts import AdapterError, Recheck, Source, Unavailable
from monitor.sources import web as reading
from tests.fakes import replay, web
from tests.fakes.web import WebSite
from tests.monitor.sources.looking import LOOKS, READ, Look
from tests.monitor.sources.recorded import SHARED
from tests.test_contracts import ASKED, BRAND, SECRETS, SOURCE_PROOFS

ALL = os.environ.get("GRAPEVINE_FUZZ") == "all"
PLAYS, ANSWERS = 12, 3
"""So many plays of each kind on each answer, and recorded answers of each network, in the sample."""
KINDS = [kind for kind in ASKED if kind != "file"]
RECORDED = {"hackernews": "hn", "rss": "feeds", "mastodon": "mastodon", "bluesky": "bluesky", "reddit": "reddit", "x": "x"}
"""Where recorded answers of a kind lie; of the others none is at hand, and the documented form is played."""

Change = Callable[[bytes], bytes]


@dataclass
class Changed:
    """Plays what another play answers, changed on the way; who signs in is let in all the same."""

    inner: web.Play
    change: Change

    def __call__(self, stage: web.Stage) -> None:
        sent: list[bytes] = []
        self.inner(replace(stage, send=sent.append))
        if "Session" in stage.request.target:
            stage.send(b"".join(sent))
            return
        body = b"".join(sent).partition(b"\r\n\r\n")[2]
        web.answer(self.change(body), content_type="application/xml" if body[:1] == b"<" else "application/json")(stage)


def instead(whole: bytes) -> Change:
    """Return what puts `whole` in the place of any answer."""
    return lambda _body: whole


def cut_at(part: int) -> Change:
    """Return what cuts an answer at one of 20 places."""
    return lambda body: body[: len(body) * part // 20]


def spoilings(body: bytes) -> Iterator[Change]:
    """Yield what puts something wrong at each place of an answer like `body`, in turn."""
    if body[:1] == b"<":
        for number, found in enumerate(re.finditer(rb">[^<]*<", body)):
            for wrong in (b"", b"x", b"-1", b"9" * 400, b"\x00", b"&", b"<b>"):
                whole = body[: found.start() + 1] + wrong + body[found.end() - 1 :]
                yield instead(whole)
            if number > 500:
                return
        return
    try:
        answer = json.loads(body)
    except ValueError:
        return
    for _place, broken in replay.spoiled(answer):
        yield instead(json.dumps(broken).encode())


def sample(changes: Iterator[Change], kind: str) -> list[Change]:
    """Return all of them, or some that are always the same ones."""
    found = list(changes)
    return found if ALL or len(found) <= PLAYS else random.Random(kind).sample(found, PLAYS)


def bodies(kind: str) -> list[bytes]:
    """Return recorded answers of a kind, as they came; none where none is at hand."""
    folder = SHARED / "data" / "recorded" / RECORDED.get(kind, "nothing")
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".yaml", ".yml", ".xml"))
    if not ALL:
        paths = random.Random(kind).sample(paths, min(ANSWERS, len(paths)))
    found = [body for path in paths for body in _bodies_in(path) if body]
    return found if ALL else found[:ANSWERS]


def _bodies_in(path: Path) -> list[bytes]:
    if path.suffix in (".yaml", ".yml"):
        return [one.body if isinstance(one.body, bytes) else one.body.encode("utf-8", "replace") for one in replay.load(path)]
    if path.suffix == ".json" and path.parts[-2] in ("hn", "reddit"):
        held = json.loads(path.read_text("utf-8"))
        if "interactions" in held or "http_interactions" in held:
            answers = [one["response"]["body"] for one in held.get("interactions") or held["http_interactions"]]
            return [str(one.get("string", "")).encode() for one in answers]
        return [json.dumps(held.get("reply", held)).encode()]
    return [path.read_bytes()]


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


@pytest.fixture
def put(site: WebSite, tmp_path: Path) -> Callable[[str], tuple[Source, web.Play]]:
    """Build a source, and the play that answers it well."""

    def build(kind: str) -> tuple[Source, web.Play]:
        proof = SOURCE_PROOFS[kind](site, tmp_path)
        proof.calm()
        assert site.everywhere is not None
        return proof.build(), site.everywhere

    return build


Put = Callable[[str], tuple[Source, web.Play]]


def hold(source: Source) -> str:
    """Read a round of at most 8 pages: mentions, or one of the three errors in words that hold no secret. Returns which."""
    cursor, told = "", []
    outcome = "read"
    for _ in range(8):
        try:
            batch = source.fetch(BRAND, cursor)
        except AdapterError as error:
            told.append(str(error))
            outcome = type(error).__name__
            break
        assert all(one.text.strip() and one.author.handle and one.external_id for one in batch.mentions)
        told += [row.place + row.reason for row in batch.rejected]
        cursor = batch.cursor
        if not batch.more:
            break
    assert outcome == "read" or told[-1].startswith(f"{source.name}: ")
    assert not [secret for secret in SECRETS for words in told if secret in words]
    return outcome


def a_body(inner: web.Play) -> bytes:
    """Return what a play answers."""
    sent: list[bytes] = []
    inner(web.Stage(web.Request("GET", "/", {}), sent.append, None))  # type: ignore[arg-type]
    return b"".join(sent).partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_cut_anywhere_is_an_error_and_never_taken_for_nothing_new(kind: str, site: WebSite, put: Put) -> None:
    source, good = put(kind)
    for change in sample(map(cut_at, range(20)), kind):
        site.everywhere = Changed(good, change)

        assert "read" != hold(source)
    site.everywhere = good
    assert "read" == hold(source)


@pytest.mark.parametrize("kind", KINDS)
def test_something_wrong_at_any_place_is_a_batch_or_one_of_the_three_errors(kind: str, site: WebSite, put: Put) -> None:
    source, good = put(kind)
    changes = sample(spoilings(a_body(good)), kind)
    for change in changes:
        site.everywhere = Changed(good, change)
        hold(source)

    assert len(changes) >= PLAYS


@pytest.mark.parametrize("kind", RECORDED)
def test_recorded_answers_whole_cut_and_spoiled_are_met_the_same_way(kind: str, site: WebSite, put: Put) -> None:
    recorded = bodies(kind)
    if not recorded:
        pytest.skip("recorded material is not here (set GRAPEVINE_SHARED)")
    source, good = put(kind)
    for body in recorded:
        cut = (instead(cut_at(part)(body)) for part in range(20))
        for change in [instead(body), *sample(cut, kind), *sample(spoilings(body), kind)]:
            site.everywhere = Changed(good, change)
            hold(source)


SLOW = {
    "a body that drips": web.dripping(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"),
    "no answer": web.silent(),
    "half a head": web.raw(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "half a body": web.cut(b'{"data": [', 99),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SLOW)
def test_who_is_slow_or_breaks_off_is_given_up(kind: str, name: str, site: WebSite, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.2)
    source, _good = put(kind)
    site.everywhere = SLOW[name]

    assert "Unavailable" == hold(source)


# What became of what was found.


@dataclass
class Heard:
    """Plays what another play answers, and keeps it."""

    inner: web.Play
    bodies: list[bytes] = field(default_factory=list)

    def __call__(self, stage: web.Stage) -> None:
        sent: list[bytes] = []
        self.inner(replace(stage, send=sent.append))
        if "Session" not in stage.request.target:
            self.bodies.append(b"".join(sent).partition(b"\r\n\r\n")[2])
        stage.send(b"".join(sent))


def unpacked(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def first_spoiled(heard: list[bytes]) -> Iterator[tuple[str, bool, Change]]:
    """Yield what spoils one answer at one place, and whether that place belongs to the first text alone."""
    for number, body in enumerate(dict.fromkeys(heard)):
        for place, broken in replay.spoiled(json.loads(unpacked(body))):
            whole = json.dumps(broken).encode()
            in_first = ".0." in place or (number == 0 and len(set(heard)) > 1 and not place.startswith(("latest_posts", "items")))
            yield place, in_first, lambda answer, body=body, whole=whole: whole if answer == body else unpacked(answer)  # type: ignore[misc]


def looked_at(name: str, site: WebSite) -> tuple[Look, list[bytes]]:
    """Return a look, and what its network answered when all was well."""
    look = LOOKS[name](site)
    site.everywhere = heard = Heard(look.good)
    assert set(look.recheck().there) == {one.external_id for one in look.mentions}
    return look, heard.bodies


@pytest.mark.parametrize("name", READ)
def test_half_an_answer_takes_nothing_away(name: str, site: WebSite) -> None:
    look, _heard = looked_at(name, site)
    for part in range(20):
        site.everywhere = Changed(look.good, lambda body, part=part: cut_at(part)(unpacked(body)))  # type: ignore[misc]

        assert Recheck(cost=(found := look.or_an_error()).cost) == found


@pytest.mark.parametrize("name", READ)
def test_something_wrong_in_one_text_takes_no_other_away(name: str, site: WebSite) -> None:
    look, heard = looked_at(name, site)
    first, other = (one.external_id for one in look.mentions)
    changes = list(first_spoiled(heard))
    if not ALL and len(changes) > 10 * PLAYS:
        changes = random.Random(name).sample(changes, 10 * PLAYS)
    for place, in_first, change in changes:
        site.everywhere = Changed(look.good, change)
        found = look.or_an_error()

        assert set(found.there) | found.gone <= {first, other}, place
        assert not (in_first and other in found.gone), place
        assert not (set(found.there) & found.gone), place


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("slow", SLOW)
def test_who_is_slow_takes_nothing_away(name: str, slow: str, site: WebSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.2)
    look = LOOKS[name](site)
    site.everywhere = SLOW[slow]
    with pytest.raises(Unavailable, match=f"^{look.source.name}: "):
        look.recheck()
