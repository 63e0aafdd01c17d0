"""The command `responders release`, from a file to pages, and on to replies that rest on what it says."""

from __future__ import annotations

import json

import pytest

from monitor.domain import ReplyStatus
from monitor.wiring import now
from responders import pipeline
from responders.releasebook import ReleaseBook
from responders.wiring import Responders
from tests.responders.release.shared import write_release
from tests.responders.steps import ELS, JORIS
from tests.steps import import_posts, post
from tests.terminal import Terminal

NAME = "slotstoring"


def saved(terminal: Terminal, *changes: tuple[str, str]) -> str:
    """Keep the release and return the hash of its version."""
    done = terminal.type("responders", "release", str(write_release(terminal.folder / "news", *changes)), "--as", ELS, "--json")
    return str(done.json["release"]["sha256"])


def test_a_release_goes_from_a_file_to_pages_by_two_people(terminal: Terminal) -> None:
    empty = terminal.type("responders", "release")
    version = saved(terminal)
    early = terminal.type("responders", "release", "pages", NAME, "--to", "site")
    first = terminal.type("responders", "release", "approve", NAME, "--version", version[:8], "--as", ELS)
    again = terminal.type("responders", "release", "approve", NAME, "--version", version[:8], "--as", ELS)
    second = terminal.type("responders", "release", "approve", NAME, "--version", version, "--as", JORIS)
    pages = terminal.type("responders", "release", "pages", NAME, "--to", "site")
    done = terminal.type("responders", "release", "published", NAME, "--as", ELS)
    listed = terminal.type("responders", "release", "list")

    assert "There is no release yet." in empty.out
    assert (1, True) == (early.code, "is not approved by two people yet" in early.err)
    assert ([0, 1, 0, 0, 0], f"{ELS} has approved it already" in again.err) == (
        [first.code, again.code, second.code, pages.code, done.code],
        True,
    )
    assert sorted(path.name for path in (terminal.folder / "site").iterdir()) == [
        "feed.en.atom",
        "feed.nl.atom",
        *(f"{NAME}.{language}.{kind}" for language in ("en", "nl") for kind in ("html", "share.json", "txt")),
    ]
    assert "noindex" not in (terminal.folder / "site" / f"{NAME}.nl.html").read_text("utf-8")
    assert {"x", "mastodon", "bluesky", "reddit"} == set(
        json.loads((terminal.folder / "site" / f"{NAME}.nl.share.json").read_text("utf-8"))
    )
    assert f"{ELS}, {JORIS}" in listed.out


def test_a_draft_can_be_looked_at_and_says_what_it_is(terminal: Terminal) -> None:
    path = write_release(terminal.folder / "news")

    done = terminal.type("responders", "release", str(path), "--as", ELS, "--to", "look")

    assert (0, True) == (done.code, "saved as version 1" in done.out)
    assert "noindex" in (terminal.folder / "look" / f"{NAME}.en.html").read_text("utf-8")
    assert not (terminal.folder / "look" / "feed.nl.atom").exists()


def test_what_a_rule_objects_to_is_shown_where_it_stands_and_ends_with_1(terminal: Terminal) -> None:
    path = write_release(terminal.folder / "news", ("That was our mistake, and we are sorry.", "We are sorry if you felt inconvenienced."))

    done = terminal.type("responders", "release", str(path), "--as", ELS)
    refused = terminal.type("responders", "release", "approve", NAME, "--version", "00000000", "--as", ELS)

    assert 1 == done.code
    assert "red   N1 (en) “sorry if you felt inconvenienced.”" in done.out
    assert "you named version 00000000" in refused.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none.toml", "--as", ELS], "there is no such file"),
        (["approve", "--as", ELS], "Which release?"),
        (["approve", NAME, "--as", ELS, "--version", "12"], "Name the version by 8 digits"),
        (["published", NAME, "--as", ELS], "there is no release slotstoring"),
        (["published", NAME], "Say who you are"),
        (["pages", NAME], "Where to?"),
        (["pages", NAME, "--to", "x"], "There is no release slotstoring"),
        (["x.toml", "--as", "\x07"], "printable characters"),
    ],
)
def test_what_is_missing_is_said(words: list[str], said: str, terminal: Terminal) -> None:
    done = terminal.type("responders", "release", *words)

    assert done.code in {1, 2}
    assert said in done.err


def test_a_mistake_in_the_file_is_told_by_file_line_and_key(terminal: Terminal) -> None:
    path = write_release(terminal.folder / "news", ('brand = "waalfiets"', 'brand = "waalfeets"'))

    done = terminal.type("responders", "release", str(path), "--as", ELS)

    assert 2 == done.code
    assert f"{path}:2" in done.err
    assert "brand: there is no brand" in done.err


def test_replies_rest_on_a_published_release_and_point_to_its_page(terminal: Terminal, responders: Responders) -> None:
    version = saved(terminal, ("day = 2026-03-02", "day = 2020-03-02"))
    for who in (ELS, JORIS):
        terminal.type("responders", "release", "approve", NAME, "--version", version, "--as", who)
    terminal.type("responders", "release", "published", NAME, "--as", ELS)
    import_posts(terminal, post("1", text="@waalfiets my lock did not open this morning, I am angry"))

    settings = responders.settings
    facts = [fact for fact in responders.facts() if fact.id.startswith(NAME)]
    pipeline.draft(responders.store, responders.drafters, responders.brands, facts, settings.networks, settings.reply_expires_after, now)
    [reply] = responders.store.replies(ReplyStatus.AWAITING)

    assert 4 == len(ReleaseBook(responders.database).facts())
    assert "https://waalfiets.example/en/news/locks" in reply.version.text
    assert {"slotstoring-uitval-en"} <= set(reply.version.fact_ids)
    assert [] == [one.sentence for one in reply.version.objections if one.severity.value == "red"]
