"""The contract of posters catches each way in which one may break it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.contracts import Rejected
from monitor.domain import Posted, Reply
from responders.contracts import Standing
from responders.limits import limit_for
from responders.posters.console import ConsolePoster
from tests.builders import a_stored_mention
from tests.responders.posters.contract import verify_poster
from tests.responders.posters.test_console import path, stands_in, writer

__all__ = ["path"]  # Fixtures, which tests name.


class Trims(ConsolePoster):
    def post(self, reply: Reply) -> Posted:
        text = reply.version.text.replace("\n", " ")
        super().post(replace(reply, version=replace(reply.version, text=text)))
        return Posted("console-1", "", reply.version.text)


class Normalises(ConsolePoster):
    def post(self, reply: Reply) -> Posted:
        import unicodedata

        text = unicodedata.normalize("NFC", reply.version.text)
        return super().post(replace(reply, version=replace(reply.version, text=text)))


class PostsTwice(ConsolePoster):
    def post(self, reply: Reply) -> Posted:
        super().post(reply)
        return super().post(reply)


class PostsElsewhere(ConsolePoster):
    def post(self, reply: Reply) -> Posted:
        return super().post(replace(reply, mention=a_stored_mention(network="x", external_id="another")))


class NeverFinds(ConsolePoster):
    def find(self, reply: Reply) -> Posted | None:
        return None


class FindsAnything(ConsolePoster):
    def find(self, reply: Reply) -> Posted | None:
        return Posted("console-1", "", reply.version.text)


class FindsByPosting(ConsolePoster):
    def find(self, reply: Reply) -> Posted | None:
        return self.post(reply) if super().find(reply) else None


class CutsWhatIsTooLong(ConsolePoster):
    def post(self, reply: Reply) -> Posted:
        text = reply.version.text[: self.limit]
        return super().post(replace(reply, version=replace(reply.version, text=text)))


class RaisesItsLibrarysError(ConsolePoster):
    def post(self, reply: Reply) -> Posted:
        try:
            return super().post(reply)
        except Rejected as error:
            raise ValueError("400") from error


class HidesWhoItIs(ConsolePoster):
    def post(self, reply: Reply) -> Posted:
        try:
            return super().post(reply)
        except Rejected as error:
            raise Rejected("too long") from error


class SeesGhosts(ConsolePoster):
    def standing(self, reply: Reply) -> Standing:
        return Standing.EDITED


BROKEN = [
    (Trims, "exactly the approved text"),
    (Normalises, "exactly the approved text"),
    (PostsTwice, "exactly the approved text, once"),
    (PostsElsewhere, "exactly the approved text"),
    (NeverFinds, "would publish twice"),
    (FindsAnything, "never posted"),
    (FindsByPosting, "finds another answer"),
    (CutsWhatIsTooLong, "not refused"),
    (RaisesItsLibrarysError, "ValueError, not Rejected"),
    (HidesWhoItIs, "begin with its name"),
    (SeesGhosts, "nobody changed anything"),
]


@pytest.mark.parametrize(("broken", "promise"), BROKEN, ids=[kind.__name__ for kind, _ in BROKEN])
def test_the_contract_catches_a_poster_that_breaks_it(path: Path, broken: type[ConsolePoster], promise: str) -> None:
    with pytest.raises(AssertionError, match=promise):
        verify_poster(broken(path, limit_for("x"), "waalfiets"), writer(), stands_in(path))
