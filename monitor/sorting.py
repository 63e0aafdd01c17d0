"""The commands that judge texts: `monitor score`, `monitor triage`, `monitor relevance`. They need no database and no configured brand."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import JsonOption, batches, each_json_line, help_text, json_line, say

if TYPE_CHECKING:
    from monitor.language import Detector
    from monitor.relevance import Encode
    from monitor.triage import Liken

LANGUAGES = ("nl", "en")
TOGETHER = 256
"""Lines of a file that are sorted at once."""

LinesOption = Annotated[Path, typer.Option("--jsonl", help="A file of JSON lines, - for standard input.")]


def add_commands(app: typer.Typer) -> None:
    """Add these commands to those of `monitor`."""
    app.command(
        short_help="Say how texts feel, and why.",
        help=help_text(
            "Say how texts feel, and why.",
            'monitor score "We waited three hours and nobody came"',
            "Reads standard input where no text is given, a line each.",
        ),
    )(score)
    app.command(
        short_help="Say what kind of posts these are.",
        help=help_text(
            "Say what kind of posts these are, and what they deserve; a line in, a line out.",
            "monitor triage --jsonl posts.jsonl",
            "Reads {id, text, lang?, brand?, network?, mentions_us?, own_channel?, community?} and writes {id, rule, rules, action, p}.",
        ),
    )(triage)
    app.command(
        short_help="Say which posts are about a brand.",
        help=help_text(
            "Say which posts are about a brand whose name is an ordinary word; a line in, a line out.",
            "monitor relevance --jsonl posts.jsonl",
            "Reads {id, text, terms, lang?, brand?, exclude?, description?} and writes {id, about_brand, p, rule}.",
        ),
    )(relevance)


def score(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Texts to score.")] = None,
    jsonl: Annotated[Path | None, typer.Option(help="A file of JSON lines {id, text, lang?, brand?}, - for standard input.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show by how much each word makes a text more (+) or less (-) negative.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Score texts."""
    from monitor.judging import Judge, explained, in_words

    judge = Judge()
    if jsonl is not None:
        for answered in judge.score_lines(each_json_line(jsonl, judge.read_line)):
            typer.echo(json_line(answered))
        return
    for text in texts or (line.rstrip("\n") for line in sys.stdin):
        feeling = judge.score(text)
        if as_json:
            typer.echo(json_line(feeling))
        else:
            say("\n".join([in_words(feeling), *(explained(judge.explain(text)[:12]) if explain else ())]))


def triage(jsonl: LinesOption) -> None:
    """Sort posts by the rules."""
    sorter = Sorter()
    for answered in sorter.triage_lines(each_json_line(jsonl, sorter.read_post)):
        typer.echo(json_line(answered))


def relevance(jsonl: LinesOption) -> None:
    """Tell a brand from the ordinary word."""
    for answered in each_json_line(jsonl, Sorter().relevance_line):
        typer.echo(json_line(answered))


class Sorter:
    """What the commands need to answer a line, each part built when it is first used."""

    @cached_property
    def detector(self) -> Detector:
        """The detector for the languages we work in, for lines that name none."""
        from monitor.language import Detector

        return Detector(LANGUAGES)

    def triage_line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer {id, text, …} by {id, rule, rules, action, p}; `rule` says what kind of post it is, `action` what it deserves."""
        return next(self.triage_lines([self.read_post(line)]))

    def triage_lines(self, lines: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Answer what read_post made of each line, many at once because that is faster; other lines are passed on as they are."""
        for batch in batches(lines, TOGETHER):
            yield from self._answer(batch)

    def _answer(self, lines: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        texts = [line["post"].text for line in lines if "post" in line]
        likeness = iter(self.liken(texts)) if self.liken and texts else repeat(None)
        return (self._sort(line, next(likeness)) if "post" in line else dict(line) for line in lines)

    def read_post(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return a line's id with the post and its brand; raises TypeError where it is not a line to sort."""
        from monitor.domain import Author, Brand, Mention, Term
        from monitor.text import clean

        text = clean(read_text(line, "text", required=True))
        name, community = read_text(line, "brand"), read_text(line, "community")
        brand = Brand(name, name, (Term(name),) if name.strip() else ())
        mention = Mention(
            network=read_text(line, "network"),
            external_id="",
            brand=name,
            author=Author(""),
            text=text,
            url="",
            posted_at=datetime.fromtimestamp(0, UTC),
            mentions_us=read_flag(line, "mentions_us"),
            own_channel=read_flag(line, "own_channel"),
            community=community,
        )
        return {"id": line.get("id"), "post": mention, "brand": brand, "language": self.language_of(line, text)}

    def _sort(self, line: Mapping[str, Any], likeness: Sequence[float] | None) -> dict[str, Any]:
        from monitor.domain import History
        from monitor.text import fold
        from monitor.triage import decide, kinds

        post, brand, language = line["post"], line["brand"], line["language"]
        addressed, about = post.mentions_us or post.own_channel, frozenset(fold(brand.name).split())
        hits = kinds(post.text, language, addressed=addressed, community=post.community, about=about, likeness=likeness)
        decided = decide(post, language, None, brand, History(), likeness)
        return {
            "id": line["id"],
            "rule": hits[0].rule if hits else "T1",
            "rules": [hit.rule for hit in hits] or ["T1"],
            "action": decided.action.value,
            # A text in which no rule shows anything is taken to be factual; that is a want of evidence, not evidence.
            "p": hits[0].strength if hits else 0.5,
        }

    @cached_property
    def liken(self) -> Liken | None:
        """What tells how like our labelled posts a text is, None where an encoder is missing."""
        from monitor.likening import find_likeness

        return find_likeness()

    @cached_property
    def encode(self) -> Encode | None:
        """The sentence encoder, None where none is installed."""
        from monitor.encoding import find_encoder

        return find_encoder()

    def relevance_line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer {id, text, terms, …} by {id, about_brand, p, rule}."""
        from monitor.relevance import prepare, weigh
        from monitor.text import clean

        terms = read_texts(line, "terms") or tuple(filter(None, [read_text(line, "brand").strip()]))
        if not terms:
            raise TypeError('"terms" must name at least one term')
        subject = prepare(terms, read_texts(line, "exclude"), read_text(line, "description"))
        found = weigh(subject, clean(read_text(line, "text", required=True)), self.encode)
        return {"id": line.get("id"), "about_brand": found.about, "p": found.p, "rule": found.rule}

    def language_of(self, line: Mapping[str, Any], text: str) -> str:
        """Return the language that a line names, or else the one its text shows."""
        named = read_text(line, "lang").strip().lower()
        return named or self.detector.detect(text)


def read_text(line: Mapping[str, Any], key: str, *, required: bool = False) -> str:
    """Return a line's text under `key`, "" where it is left out; raises TypeError where it is something else."""
    found = line.get(key)
    if found is None and not required:
        return ""
    if not isinstance(found, str):
        raise TypeError(f'"{key}" must be a string')
    return found


def read_texts(line: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a line's list of texts under `key`, blank ones left out; raises TypeError where it is something else."""
    found = line.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise TypeError(f'"{key}" must be a list of strings')
    return tuple(one for one in found if one.strip())


def read_flag(line: Mapping[str, Any], key: str) -> bool:
    """Return a line's true or false under `key`, false where it is left out; raises TypeError where it is something else."""
    found = line.get(key)
    if found is None:
        return False
    if not isinstance(found, bool):
        raise TypeError(f'"{key}" must be true or false')
    return found
