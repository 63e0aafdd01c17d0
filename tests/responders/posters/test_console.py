"""The network that plays in a file."""

from __future__ import annotations

import fcntl
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.contracts import Rejected, Unavailable
from monitor.domain import Delivery, Posted, Reply
from monitor.settings import NetworkSettings
from responders.contracts import NotSent, Standing
from responders.limits import limit_for
from responders.posters import POSTERS
from responders.posters.console import ConsolePoster
from tests.builders import NOW, a_reply, a_stored_mention
from tests.responders.posters.contract import verify_poster

REPLY = a_reply("Sorry, dat is onze fout. ^EK", mention=a_stored_mention(network="x", external_id="1123", text="Mijn slot gaat niet open"))
MENTION = {"network": "x", "mention": "1123"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "network.jsonl"


@pytest.fixture
def poster(path: Path) -> ConsolePoster:
    return poster_at(path)


def poster_at(path: Path, network: str = "x", account: str = "@Waalfiets", **options: Any) -> ConsolePoster:
    return ConsolePoster(path, limit_for(network), account, clock=lambda: NOW, **options)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def write_line(path: Path, **fields: Any) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(MENTION | fields) + "\n")


def writer(network: str = "x") -> Callable[[str], Reply]:
    numbers = itertools.count(1)
    return lambda text: a_reply(text, mention=a_stored_mention(network=network, external_id=f"m{next(numbers)}"))


def stands_in(path: Path) -> Callable[[Reply], list[str]]:
    def stands(reply: Reply) -> list[str]:
        key = (reply.mention.mention.network, reply.mention.mention.external_id)
        return [line["text"] for line in lines(path) if (line["network"], line["mention"]) == key] if path.exists() else []

    return stands


@pytest.mark.parametrize("network", ["x", "mastodon", "bluesky", "reddit", "a network nobody knows"])
def test_it_keeps_the_posters_contract_on_every_network_it_plays(path: Path, network: str) -> None:
    verify_poster(poster_at(path, network), writer(network), stands_in(path))


def test_a_posted_reply_is_one_line_anybody_can_read(poster: ConsolePoster, path: Path) -> None:
    posted = poster.post(REPLY)

    assert lines(path) == [
        {
            "id": "console-1",
            "network": "x",
            "mention": "1123",
            "account": "waalfiets",
            "at": NOW.isoformat(),
            "text": "Sorry, dat is onze fout. ^EK",
        }
    ]
    assert posted == Posted("console-1", f"{path.as_uri()}#console-1", "Sorry, dat is onze fout. ^EK", NOW)


def test_what_one_process_posted_another_finds(poster: ConsolePoster, path: Path) -> None:
    posted = poster.post(REPLY)

    assert poster_at(path, account="waalfiets").find(REPLY) == posted


def test_another_accounts_answer_is_not_ours(poster: ConsolePoster, path: Path) -> None:
    poster_at(path, account="someone_else").post(REPLY)

    assert poster.find(REPLY) is None
    assert poster.standing(REPLY) is Standing.UNCHANGED


def test_the_same_id_on_another_network_is_another_mention(poster: ConsolePoster, path: Path) -> None:
    poster_at(path, "mastodon").post(replace(REPLY, mention=a_stored_mention(network="mastodon", external_id="1123")))

    assert poster.find(REPLY) is None


def test_looking_leaves_no_file_behind(poster: ConsolePoster, path: Path) -> None:
    assert poster.find(REPLY) is None
    assert poster.standing(REPLY) is Standing.UNCHANGED
    assert not path.exists()


@pytest.mark.parametrize(
    ("control", "standing"),
    [
        ({"deleted": True}, Standing.GONE),
        ({"edited": "Het is al opgelost"}, Standing.EDITED),
        ({"answered_by": "waalfiets"}, Standing.ANSWERED),
        ({"answered_by": "@WaalFiets"}, Standing.ANSWERED),
        ({"answered_by": "a_neighbour"}, Standing.UNCHANGED),
        ({"edited": "Mijn slot gaat niet open"}, Standing.UNCHANGED),
        ({"deleted": False}, Standing.UNCHANGED),
        ({"deleted": True, "mention": "1124"}, Standing.UNCHANGED),
        ({"deleted": True, "network": "reddit"}, Standing.UNCHANGED),
        ({"deleted": True, "mention": 1123}, Standing.GONE),
    ],
)
def test_a_line_in_the_file_plays_the_author(poster: ConsolePoster, path: Path, control: dict[str, Any], standing: Standing) -> None:
    write_line(path, **control)

    assert poster.standing(REPLY) is standing


def test_the_last_line_about_a_thing_holds(poster: ConsolePoster, path: Path) -> None:
    write_line(path, deleted=True)
    write_line(path, deleted=False, edited="anders")

    assert poster.standing(REPLY) is Standing.EDITED


def test_without_an_account_of_our_own_any_named_answer_is_ours(path: Path) -> None:
    write_line(path, answered_by="whoever")

    assert poster_at(path, account="").standing(REPLY) is Standing.ANSWERED


def test_a_reply_that_stands_makes_the_mention_answered(poster: ConsolePoster) -> None:
    poster.post(REPLY)

    assert poster.standing(REPLY) is Standing.ANSWERED


def test_nothing_is_posted_under_a_mention_that_is_gone(poster: ConsolePoster, path: Path) -> None:
    write_line(path, deleted=True)

    with pytest.raises(Rejected, match="console: the mention 1123 on x is gone"):
        poster.post(REPLY)
    assert len(lines(path)) == 1


def test_a_text_with_half_a_character_is_refused_before_a_byte_is_written(poster: ConsolePoster, path: Path) -> None:
    with pytest.raises(Rejected, match="half a character"):
        poster.post(replace(REPLY, version=replace(REPLY.version, text="\ud83d")))
    assert path.read_bytes() == b""


@given(data=st.data())
def test_a_line_that_a_crash_left_half_written_never_counts_and_never_harms(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("crash") / "network.jsonl"
    poster = poster_at(path)
    poster.post(
        replace(REPLY, mention=a_stored_mention(network="x", external_id="first"), version=replace(REPLY.version, text="é 👩🏽‍🔧 één"))
    )
    whole = path.read_bytes()
    poster.post(REPLY)
    both = path.read_bytes()
    path.write_bytes(both[: data.draw(st.integers(len(whole), len(both)))])

    if poster.find(REPLY) is None:
        poster.post(REPLY)

    found = [line for line in path.read_bytes().split(b"\n") if b'"mention": "1123"' in line and line.endswith(b"}")]
    assert len(found) == 1
    assert poster.find(REPLY) is not None
    assert poster.find(replace(REPLY, mention=a_stored_mention(network="x", external_id="first"))) is not None


@pytest.mark.parametrize(
    "line",
    [
        "deleted: 1123",
        "[1, 2]",
        '{"network": "x", "mention": "1123", "delete": true}',
        '{"id": "console-1"}',
        '{"id": "console-1", "network": "x", "mention": "1123", "account": "a", "at": "yesterday", "text": "b"}',
        '{"id": "console-1", "network": "x", "mention": "1123", "account": "a", "at": "2026-03-02T09:00:00", "text": "b"}',
        "[" * 100_000,
        "\ufffd\x00",
    ],
)
def test_a_line_that_a_person_mistyped_is_named(poster: ConsolePoster, path: Path, line: str) -> None:
    write_line(path, deleted=False)
    path.write_text(f"{path.read_text()}\n{line}\n")

    for act in (poster.post, poster.find, poster.standing):
        with pytest.raises(Rejected, match=r"console: line 3 of network\.jsonl is"):
            act(REPLY)


def test_a_file_held_by_another_process_is_left_alone(path: Path) -> None:
    poster = poster_at(path, lock_wait=0.03)
    poster.post(REPLY)
    before = path.read_bytes()

    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for act in (poster.post, poster.find, poster.standing):
            with pytest.raises(NotSent, match="another process holds"):
                act(REPLY)

    assert path.read_bytes() == before
    assert poster.find(REPLY) is not None


def test_four_processes_at_once_lose_nothing_and_mix_nothing(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.responders.posters.test_console import poster_at, a_reply, a_stored_mention\n"
        "who = sys.argv[2]; poster = poster_at(Path(sys.argv[1]))\n"
        "for n in range(25): poster.post(a_reply(f'{who} {n} ^EK', mention=a_stored_mention(network='x', external_id=f'{who}-{n}')))\n"
    )
    root = Path(__file__).parents[3]
    running = [subprocess.Popen([sys.executable, "-c", program, str(path), who], cwd=root) for who in "abcd"]

    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert {line["text"] for line in lines(path)} == {f"{who} {n} ^EK" for who in "abcd" for n in range(25)}
    assert [line["id"] for line in lines(path)] == [f"console-{n}" for n in range(1, 101)]


def in_its_own_process(path: Path, limit: str) -> str:
    """Post after something else was posted, under a limit, and return why it was not sent.

    A limit holds for a whole process: for one of its threads that waits on a socket, and for the file to which the test run is told.
    """
    program = (
        "import resource, sys; from pathlib import Path; from tests.responders.posters.test_console import REPLY, NotSent, poster_at\n"
        "poster_at(Path(sys.argv[2])).post(REPLY)  # What is imported late is open by now.\n"
        f"resource.setrlimit({limit})\n"
        "try: poster_at(Path(sys.argv[1])).post(REPLY)\n"
        "except NotSent as error: print(error)\n"
    )
    arguments = [sys.executable, "-c", program, str(path), str(path.with_name("before.jsonl"))]
    done = subprocess.run(arguments, cwd=Path(__file__).parents[3], capture_output=True, text=True)

    assert 0 == done.returncode, done.stderr
    return done.stdout


def test_a_disk_that_fills_up_half_way_leaves_no_half_line(path: Path) -> None:
    another = replace(REPLY, mention=a_stored_mention(network="x", external_id="1124"))
    poster_at(path).post(another)
    before = path.read_bytes()
    size = len(before) + 20

    assert "console: nothing was written" in in_its_own_process(path, f"resource.RLIMIT_FSIZE, ({size}, {size})")
    assert path.read_bytes() == before
    assert poster_at(path).find(REPLY) is None


def test_a_disk_that_does_not_say_whether_it_kept_the_line_is_ambiguous(poster: ConsolePoster, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(Unavailable, match="nobody knows") as caught:
        poster.post(REPLY)
    assert not isinstance(caught.value, NotSent)
    assert poster.find(REPLY) is not None


@pytest.mark.parametrize("where", ["missing/network.jsonl", ".", "/dev/zero", "pipe"])
def test_a_path_that_is_no_file_is_told_to_a_person(tmp_path: Path, where: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    poster = poster_at(tmp_path / where)

    with pytest.raises(Rejected, match=r"^console: ") as caught:
        poster.post(REPLY)
    assert not isinstance(caught.value, Unavailable)


@pytest.mark.parametrize("where", [".", "/dev/zero", "pipe"])
def test_what_is_no_file_is_not_read(tmp_path: Path, where: str) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(Rejected, match="is no ordinary file"):
        poster_at(tmp_path / where).find(REPLY)


def test_a_process_with_too_many_open_files_tries_again_later(path: Path) -> None:
    assert "cannot be opened: Too many open files" in in_its_own_process(path, "resource.RLIMIT_NOFILE, (0, 0)")
    assert not path.exists()


def test_it_is_built_from_the_configuration_under_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    adapter = POSTERS["console"]
    network = NetworkSettings("mastodon", Delivery.API, "console", "@waalfiets", {"path": "mine.jsonl"})

    poster = adapter.load().from_settings(network, None)
    plain = adapter.load().from_settings(NetworkSettings("x", Delivery.API, "console"), None)

    assert poster.limit == 500
    assert poster.post(REPLY).url.startswith((tmp_path / "mine.jsonl").as_uri())
    assert plain.post(REPLY).url.startswith((tmp_path / adapter.options["path"].default).as_uri())
