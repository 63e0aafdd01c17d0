"""What every poster must keep, checked against what really stands on the (played) network and not against the poster's own word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from monitor.contracts import Rejected
from monitor.domain import Posted, Reply
from responders.contracts import Poster, Standing

TEXTS = (
    "Sorry: the lock did not open. That is our mistake. ^EK",
    "Eerste regel\n\nDerde regel: dat is ónze fout, geen “storing”. ^EK",
    "👩🏽‍🔧🚲 We komen eraan; 10.000 excuses 🙏🏾 ^EK",
    "مرحبا، نحن آسفون ^EK",
    '{"text": "a quote \\" and a \\n that are no escape"} <b>&amp;</b> =cmd|x ^EK',
    "e\u0301 is twee tekens en é is er een. ^EK",
    "日本語の返信。ありがとう。 ^EK",
)
"""Each is published to the last byte: lines, emoji, right to left, what looks like markup, what a normaliser would change."""


def verify_poster(poster: Poster, write: Callable[[str], Reply], stands: Callable[[Reply], Sequence[str]]) -> None:
    """Hold a poster against its contract; an AssertionError says which promise it breaks.

    `write` gives a reply with this text under a mention that nobody answered yet, a new one each time; `stands` reads off the network which
    texts of ours stand under a reply's mention.
    """
    assert isinstance(poster, Poster), "it lacks a name, limit, length, post, find or standing"
    assert poster.name, "it has no name"
    assert poster.limit > 0, "its limit is no number of characters"
    assert poster.length("") == 0, "an empty text has a length"
    assert poster.length("ab") > poster.length("a"), "its length does not grow with the text"

    for text in TEXTS:
        if poster.length(text) <= poster.limit:
            _verify_one(poster, write(text), stands)
    _verify_limit(poster, write, stands)


def _verify_one(poster: Poster, reply: Reply, stands: Callable[[Reply], Sequence[str]]) -> None:
    text = reply.version.text
    assert poster.find(reply) is None, "it finds an answer that was never posted"
    assert poster.standing(reply) in {Standing.UNCHANGED, Standing.UNKNOWN}, "it sees a change where nobody changed anything"

    posted = poster.post(reply)

    assert list(stands(reply)) == [text], "what stands under the mention is not exactly the approved text, once"
    assert isinstance(posted, Posted), "post does not say where the answer stands"
    assert posted.external_id, "the answer has no id"
    assert posted.text == text, "it says another text stands there than the approved one"
    for _ in range(2):
        found = poster.find(reply)
        assert found is not None, "it does not find its own answer, so a crash would publish twice"
        assert found.external_id == posted.external_id, "it finds another answer than the one it posted"
        assert found.text == text, "it reads back another text than the one that stands there"
    assert list(stands(reply)) == [text], "looking for an answer changed what stands there"
    assert poster.standing(reply) in {Standing.ANSWERED, Standing.UNCHANGED, Standing.UNKNOWN}, (
        "our own answer is taken for the author's change"
    )


def _verify_limit(poster: Poster, write: Callable[[str], Reply], stands: Callable[[Reply], Sequence[str]]) -> None:
    longest = "a" * poster.limit
    assert poster.length(longest) == poster.limit, "its limit and its length do not count alike"
    fits = write(longest)
    poster.post(fits)
    assert list(stands(fits)) == [longest], "a reply of exactly the limit does not go out whole"

    too_long = write(longest + "a")
    refusal = _what_it_raises(lambda: poster.post(too_long))
    assert refusal is not None, "a reply that is too long is not refused"
    assert isinstance(refusal, Rejected), f"a reply that is too long raises {type(refusal).__name__}, not Rejected"
    assert str(refusal).startswith(poster.name), "its error does not begin with its name"
    assert not stands(too_long), "a refused reply stands in public all the same"


def _what_it_raises(act: Callable[[], object]) -> Exception | None:
    try:
        act()
    except Exception as error:
        return error
    return None
