"""Every way in which a figure begins is seen, though most words are passed over at once."""

from __future__ import annotations

import pytest

from responders.policy.quantities import figures


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("zie www.waalfiets.example", "link", "www.waalfiets.example"),
        ("see https://waalfiets.example/a", "link", "https://waalfiets.example/a"),
        ("op 3 maart", "date", "3/3"),
        ("march 3", "date", "3/3"),
        ("in mei", "month", "/5"),
        ("eur 5", "amount", "5"),
        ("gbp 7", "amount", "7"),
        ("€5", "amount", "5"),
        ("15%", "percent", "15%"),
        ("vijf procent", "percent", "vijf"),
        ("drie-kwart procent", "percent", "drie-kwart"),
        ("twenty-one", "number", "21"),
        ("a hundred", "number", "100"),
        ("nine thousand", "number", "9000"),
        ("halve miljoen", "number", "halve miljoen"),
        ("tientallen", "number", "tientallen"),
        ("the 1st", "number", "1"),
        ("noon", "time", "12:00"),
        ("middernacht", "time", "00:00"),
        ("om 12.30 uur", "time", "12:30"),
        ("anderhalf uur", "length", "anderhalf hour"),
        ("half an hour", "length", "30 minute"),
        ("a few days", "length", "a few day"),
        ("an hour", "length", "1 hour"),
        ("paar weken", "length", "paar week"),
        ("enkele dagen", "length", "enkele day"),
        ("morgen", "day", "tomorrow"),
        ("volgende week", "day", "next week"),
        ("dit najaar", "day", "autumn"),
        ("zaterdagochtend", "day", "sat"),
        ("mondays", "day", "mon"),
        ("route ab12", "code", "ab12"),
        ("drie", "word", "3"),
    ],
)
def test_a_figure_is_found_however_it_begins(text: str, kind: str, value: str) -> None:
    assert [(one.kind, one.value) for one in figures(text)] == [(kind, value)]
    assert [(one.kind, one.value) for one in figures(f"nu: {text} dus")] == [(kind, value)]
