"""How [digest] and the tables of brands under it are read, and what is told of what is wrong in them."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from monitor.settings import DigestSettings
from tests.monitor.settings.configurations import KINDS, MONITOR, mistakes, read, write

MAIL = '[[notifier]]\nname = "team"\nkind = "email"\n'
COMMON = '[digest]\nat = "7:30"\ntimezone = "UTC"\nweekly = false\n'


def told(tmp_path: Path, text: str) -> str:
    return "\n".join(str(mistake) for mistake in mistakes(write(tmp_path, monitor=MONITOR + text), KINDS))


def test_a_brand_without_a_table_is_told_of_in_the_common_one(tmp_path: Path) -> None:
    settings = read(write(tmp_path, monitor=MONITOR + COMMON + 'language = "en"\n'))
    [common] = settings.digests

    assert DigestSettings("", time(7, 30), "UTC", "en", weekly=False) == common
    assert settings.brands == settings.brands_of(common)


def test_a_brand_with_a_table_has_its_own_hour_language_and_people(tmp_path: Path) -> None:
    own = '[digest.waalfiets]\nat = "6:15"\nlanguage = "en"\nto = ["kim@w.example"]\nby = ["team"]\nweekly = true\n'
    settings = read(write(tmp_path, monitor=MONITOR + COMMON + own + MAIL))
    mine, common = settings.digests
    expected = DigestSettings("waalfiets", time(6, 15), "Europe/Amsterdam", "en", to=("kim@w.example",), by=("team",))

    assert expected == mine
    assert ["waalfiets"] == [one.id for one in settings.brands_of(mine)]
    assert "waalfiets" not in [one.id for one in settings.brands_of(common)]


def test_what_a_table_does_not_say_is_as_in_the_common_one_on_the_brands_own_clock(tmp_path: Path) -> None:
    mine = read(write(tmp_path, monitor=MONITOR + COMMON + "[digest.waalfiets]\n")).digests[0]

    assert DigestSettings("waalfiets", time(7, 30), "Europe/Amsterdam", weekly=False) == mine


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[digest.waalfeits]\n", 'did you mean "waalfiets"?'),
        ('[digest.waalfiets]\nby = ["taem"]\n' + MAIL, 'did you mean "team"?'),
        ('[digest.waalfiets]\nto = ["kim"]\n' + MAIL, "is no mail address"),
        ('[digest.waalfiets]\nto = ["kim@w.example"]\n', "needs what sends mail"),
        ('[digest.waalfiets]\nto = ["kim@w.example"]\n' + MAIL + 'gets = ["pages"]\n', "needs what sends mail"),
        ('[digest.waalfiets]\nlanguage = "fr"\n', "digest.waalfiets.language"),
        ("[digest.waalfiets]\nhour = 7\n", "digest.waalfiets.hour: is not a key here"),
        ("[digest]\nhour = 7\n[digest.waalfiets]\n", "digest.hour: is not a key here"),
        ("digest = 3\n", "must be one table between single brackets"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_key(tmp_path: Path, text: str, problem: str) -> None:
    text = text if text.startswith("[") else ""
    monitor = MONITOR + text if text else "digest = 3\n" + MONITOR
    found = "\n".join(str(mistake) for mistake in mistakes(write(tmp_path, monitor=monitor), KINDS))

    assert problem in found
