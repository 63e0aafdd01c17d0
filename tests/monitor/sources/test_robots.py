"""What a site asks of programs is read as the standard has it, and nothing it may write there costs us time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.robots import MAX_BYTES, may_read

EVERYBODY = "User-agent: *\nDisallow: /private\nAllow: /private/ours # not so\nDisallow: /*.pdf$\nDisallow: /a*b*c"
OURS = f"{EVERYBODY}\n\nUser-agent: Other\nuser-agent: grapevine\nDisallow: /blog\n"


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\r\nDisallow: /", "/x", False),
        ("\ufeffDisallow: /", "/x", True),
        (EVERYBODY, "/private/x", False),
        (EVERYBODY, "/private/ours/x", True),
        (EVERYBODY, "/a.pdf", False),
        (EVERYBODY, "/a.pdf?x=1", True),
        (EVERYBODY, "/xaybzc", True),
        (EVERYBODY, "/axbyc/z", False),
        (OURS, "/private/x", True),
        (OURS, "/blog/1", False),
        ("User-agent: *\nDisallow: /\nUser-agent: Grapevine\nAllow: /", "/x", True),
        ("User-agent: *\nDisallow: /x$", "/x", False),
        ("User-agent: *\nDisallow: /x$", "/xy", True),
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/caf\u00e9", False),
        ("User-agent: *\nDisallow: /p\nAllow: /p", "/p", True),
        ("<html><body>Not found</body></html>", "/x", True),
    ],
)
def test_the_longest_rule_that_fits_decides(text: str, target: str, expected: bool) -> None:
    assert expected is may_read(text, target)


@given(st.text(alphabet="userag-tdilow:*$/ \nGrapevine#", max_size=300), st.text(max_size=40))
def test_anything_at_all_may_stand_there(text: str, target: str) -> None:
    assert may_read(text, f"/{target}") in (True, False)


def test_a_file_made_to_keep_us_busy_does_not() -> None:
    lines = "\n".join(f"Disallow: /{'*a' * 240}*b" for _ in range(1_000))
    began = time.process_time()

    assert may_read(f"User-agent: *\n{lines}"[:MAX_BYTES], "/" + "a" * 2_000)
    assert time.process_time() - began < 2
