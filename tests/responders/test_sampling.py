"""Where nothing waits any more, the desk asks of a few mentions that nobody was told of whether one of them is negative all the same."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
import sqlalchemy as sa
from rich.console import Console

from monitor.domain import StoredMention, Verdict
from monitor.labelbook import LabelBook
from monitor.tables import open_database
from responders.review import AT_ONCE, check_samples
from tests.builders import a_stored_mention
from tests.steps import import_posts, post
from tests.terminal import Terminal

SAMPLES = [a_stored_mention(f"text {number} \x1b[31m", id=number) for number in (1, 2, 3, 4)]


def asked(keys: str, samples: list[StoredMention] = SAMPLES, *, gone: int = 0) -> tuple[int, list[tuple[int, Verdict]], str]:
    """Return how many were checked, what was said, and what stood on the screen."""
    screen, said, pressed = StringIO(), [], iter(keys)

    def read_key() -> str:
        try:
            return next(pressed)
        except StopIteration:
            raise EOFError from None

    def say(mention_id: int, verdict: Verdict) -> bool:
        said.append((mention_id, verdict))
        return mention_id != gone

    done = check_samples(samples, say, Console(file=screen, width=100), read_key)
    return done, said, screen.getvalue()


def test_each_answer_is_written_down_and_a_skip_is_none() -> None:
    done, said, screen = asked("nOku")

    assert [(1, Verdict.NEGATIVE), (2, Verdict.NOT_NEGATIVE), (4, Verdict.NOT_ABOUT_US)] == said
    assert 3 == done
    assert "Nobody was told of these 4." in screen
    assert "Kept: 3 checked." in screen
    assert "\x1b[31m" not in screen


def test_a_person_may_stop_and_other_keys_mean_nothing() -> None:
    assert (1, [(1, Verdict.NOT_NEGATIVE)]) == asked("x?oq")[:2]
    assert (0, []) == asked("")[:2]
    assert "Nothing was checked." in asked("q")[2]


def test_what_is_gone_meanwhile_does_not_count() -> None:
    assert 1 == asked("nnq", gone=1)[0]


@pytest.fixture
def database(terminal: Terminal) -> Iterator[sa.Engine]:
    engine = open_database(f"sqlite:///{terminal.folder}/grapevine.db")
    yield engine
    engine.dispose()


def test_the_desk_offers_them_and_keeps_the_answers_with_the_name(terminal: Terminal, database: sa.Engine) -> None:
    import_posts(terminal, *(post(str(number), f"Met de Waalfiets naar Lent, rit {number} vandaag") for number in range(120)))
    waiting = LabelBook(database).samples(limit=100)
    shown = terminal.type("responders", "review", "--as", "Els Kamps", typed=b"o\nu\nq\n")
    given = LabelBook(database).given("waalfiets")

    assert "Nothing waits for you." in shown.out
    assert f"Nobody was told of these {min(len(waiting), AT_ONCE)}." in shown.out
    assert [
        (waiting[0].id, Verdict.NOT_NEGATIVE, "Els Kamps", "terminal"),
        (waiting[1].id, Verdict.NOT_ABOUT_US, "Els Kamps", "terminal"),
    ] == [(one.mention_id, one.verdict, one.by, one.door) for one in given]
    assert all(one.sampled for one in given)
