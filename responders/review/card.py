"""Puts one waiting reply on a card: who said what, why we heard it, what we would say and what stands against it. It decides nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from monitor.domain import Commitment, Delivery, Fact, Objection, Reply, Sentiment, Severity, Story, Teller, network_name
from monitor.text import clip, for_terminal
from responders.limits import LIMITS, UNKNOWN_LIMIT, fits, limit_for
from responders.speech import ago, moment, say, span

TRIAGE_WORDS: Mapping[str, str] = {
    "T1": "positive, or balanced and factual: it may stand",
    "T2": "an account or place devoted to degrading others",
    "T3": "a rant, joke or satire",
    "T4": "wrong facts",
    "T5": "an unhappy customer",
    "T6": "negative in another way",
    "T7": "the author asked or tagged us",
    "T8": "the author talks to others, not to us",
    "T9": "praise to peers, not to us",
    "T10": "they complained before, and we failed them",
    "T11": "a complaint at a third party: answer in that forum's own procedure",
    "T12": "safety, health, threat, minors, data leak, law, press or crime: two people must agree",
    "T13": "a mourning, health or support community",
    "T14": "answered by us already",
    "T15": "deleted, changed or made private",
    "T16": "this person has a reply of ours in this thread already",
}
"""The triage rules of RULES.md in a few words each."""

DELIVERY_WORDS: Mapping[Delivery, str] = {
    Delivery.API: "we post it, once approved",
    Delivery.ASSISTED: "a person posts it by hand, once approved",
    Delivery.NONE: "no public answer",
}

WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""

MOST_TELLERS = 5
"""So many others who tell the same are on the card; monitor stories --story shows them all."""

LONGEST_POST = 1_500
"""Characters of a post on the card; the key v shows it whole."""

_QUOTED = re.compile("“[^”]{1,300}”")
_MARKS: Mapping[Severity, tuple[str, str]] = {
    Severity.RED: ("■ red", "bold red"),
    Severity.AMBER: ("▲ amber", "yellow"),
    Severity.HINT: ("· hint", "dim"),
}
_CALM = TerminalTheme(
    (22, 25, 31),
    (205, 209, 216),
    [(22, 25, 31), (235, 111, 106), (152, 195, 121), (229, 181, 103), (97, 160, 215), (180, 142, 205), (92, 179, 190), (205, 209, 216)],
    [
        (112, 119, 132),
        (240, 128, 122),
        (166, 209, 137),
        (240, 198, 116),
        (122, 178, 228),
        (196, 160, 220),
        (112, 196, 206),
        (240, 242, 246),
    ],
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier contact with this author, or under this mention."""

    at: datetime
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a person needs to decide on one reply."""

    reply: Reply
    facts: tuple[Fact, ...] = ()
    """The facts that the current version uses."""
    earlier: tuple[Earlier, ...] = ()
    waiting: int = 0
    """How many replies wait, this one included; 0 where nobody counted."""
    timezone: str = "UTC"
    promises: tuple[Commitment, ...] = ()
    """What the current version would commit us to if it were published now."""
    story: Story | None = None
    """The story that the mention belongs to, where others tell it too."""
    tellers: tuple[Teller, ...] = ()
    """Who tells it, the first told first; not always all."""
    language: str = "en"
    """That of whoever sits at the desk; what others wrote stays as it is."""
    delivery_reason: str = ""
    """Why it is delivered so, in that language; as it is stored where empty."""
    longest: int | None = None
    """How long a reply may be where our account is, as its server told."""


def render_card(card: Card, now: datetime, *, whole_post: bool = False) -> RenderableType:
    """Return the card as something rich can print; nothing that a stranger wrote can style it or move the cursor."""
    reply, language = card.reply, card.language
    told = [_version(reply, language), *_facts(card), *_promises(card), *_objections(reply, language)]
    return Group(
        _Line(
            say(language, "Reply {number}", number=reply.id), say(language, "{count} waiting", count=card.waiting) if card.waiting else ""
        ),
        Text(),
        _indent(_who(card, now)),
        Text(),
        _Quoted(_post(reply, language, whole=whole_post), "blue"),
        Text(),
        _indent(_rows(_why(card, now))),
        Text(),
        _draft_line(card),
        Text(),
        _Quoted(_draft(reply), "green"),
        Text(),
        _indent(_rows([*told, *_length(card), *_approvals(card, now)])),
        Text(),
    )


def card_svg(card: Card, now: datetime, *, width: int = 100, title: str = "responders review") -> str:
    """Return a picture of the card as it looks at a terminal of `width` columns; it loads nothing from elsewhere."""
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False)
    console.print(render_card(card, now))
    return console.export_svg(title=title, theme=_CALM, code_format=_SVG, unique_id="card")


def red_rules(reply: Reply) -> list[str]:
    """Return the ids of the red objections against the current version, each once."""
    return list(dict.fromkeys(objection.rule for objection in reply.version.objections if objection.severity is Severity.RED))


def _who(card: Card, now: datetime) -> Text:
    mention = card.reply.mention.mention
    name, handle = (clip(for_terminal(part), 60) for part in (mention.author.name, mention.author.handle))
    place = network_name(mention.network) + (f", {clip(for_terminal(mention.community), 60)}" if mention.community else "")
    line = Text(name or handle, style="bold")
    line.append(f"  {handle}" if name else "", style="not bold dim")
    line.append(f"  {say(card.language, 'on {place}', place=for_terminal(place))}", style="not bold")
    when = f"{moment(mention.posted_at, card.timezone, card.language)}, {ago(mention.posted_at, now, card.language)}"
    line.append(f"\n{when}", style="not bold dim")
    url = for_terminal(mention.url) or say(card.language, "no link")
    line.append(f"\n{url}", style="not bold blue" if mention.url else "not bold dim")
    return line


def _post(reply: Reply, language: str, *, whole: bool) -> Text:
    post = reply.mention.mention.text
    lines = post.splitlines() or [""]
    shown = post if whole or (len(post) <= LONGEST_POST and len(lines) <= 20) else "\n".join(lines[:20])[:LONGEST_POST]
    text = Text(for_terminal(shown))
    if len(shown) < len(post):
        more = say(language, "{count:,} more characters; press v to read it all", count=len(post) - len(shown))
        text.append(f" …\n{more}", style="dim")
    return text


def _why(card: Card, now: datetime) -> Iterable[tuple[str, RenderableType]]:
    reply, language = card.reply, card.language
    yield say(language, "Feeling"), _feeling(reply.mention.sentiment, language)
    if card.story is not None:
        yield say(language, "Story"), _story(card.story, card.tellers, reply.mention.id, language)
    triage = reply.mention.triage
    if triage is not None:
        rules = Table.grid(padding=(0, 1))
        for rule in triage.rules:
            rules.add_row(Text(rule, style="bold"), Text(say(language, TRIAGE_WORDS.get(rule, "")), style="dim"))
        # The monitor writes why in English; what it quotes is the author's own.
        why = triage.why if language == "en" else "  ".join(_QUOTED.findall(triage.why))
        yield say(language, "Flagged"), Group(Text(for_terminal(why)), rules) if why else rules
    for number, contact in enumerate(card.earlier):
        line = Text(f"{moment(contact.at, card.timezone, language)}: {for_terminal(say(language, contact.words))}")
        line.append(f"\n{for_terminal(contact.url)}" if contact.url else "", style="blue")
        yield ("" if number else say(language, "Earlier")), line
    if not card.earlier:
        yield say(language, "Earlier"), Text(say(language, "no contact before, as far as we know"), style="dim")
    delivery = Text(f"{reply.delivery.value}: {say(language, DELIVERY_WORDS[reply.delivery])}")
    delivery.append(f"\n{for_terminal(card.delivery_reason or reply.delivery_reason)}", style="dim")
    yield say(language, "Delivery"), delivery
    if reply.expires_at is not None:
        left = reply.expires_at - now
        soon = "red" if left < timedelta(hours=2) else "dim"
        when = say(language, "in {span}", span=span(now, reply.expires_at, language)) if left > timedelta() else say(language, "now")
        yield say(language, "Expires"), Text(when, style=soon)


def _feeling(sentiment: Sentiment | None, language: str) -> Text:
    if sentiment is None:
        return Text(say(language, "not scored"), style="dim")
    if sentiment.confidence == 0:
        spoken = sentiment.language or say(language, "this language")
        if sentiment.scorer in {"", "none"}:
            return Text(say(language, "not known (no scorer knows {language})", language=spoken), style="dim")
        return Text(say(language, "not known ({scorer} cannot judge {language})", scorer=sentiment.scorer, language=spoken), style="dim")
    how = {"sure": sentiment.confidence, "scorer": sentiment.scorer, "version": sentiment.version, "score": sentiment.score}
    line = Text(say(language, sentiment.label.value))
    return line.append(say(language, ", {sure:.0%} sure ({scorer} {version}, score {score:+.2f})", **how), style="dim")


def _story(story: Story, tellers: Sequence[Teller], own: int, language: str) -> Text:
    """Say how many people on how many networks tell it, with where; and whether its drafts wait for one statement (K4)."""
    where = ", ".join(for_terminal(network) for network in story.networks)
    told = "{number}: {mentions} mentions by {authors} people on {where}; {repeats} only repeat another"
    counts = {"number": story.id, "mentions": story.mentions, "authors": story.authors, "repeats": story.repeats}
    line = Text(say(language, told, where=where, **counts))
    if story.drafts:
        who, why = for_terminal(story.drafts_by), for_terminal(story.drafts_reason)
        held = say(language, "drafts {state} by {who}: {why} (K4)", state=say(language, story.drafts), who=who, why=why)
        line.append(f"\n{held}", style="yellow")
    for teller in [one for one in tellers if one.mention_id != own][:MOST_TELLERS]:
        line.append(f"\n{for_terminal(teller.network)} {clip(for_terminal(teller.author), 40)}  ", style="dim")
        line.append(for_terminal(teller.url), style="blue")
    return line


def _draft_line(card: Card) -> _Line:
    reply, language = card.reply, card.language
    counted, most = fits(reply.mention.mention.network, reply.version.text, card.longest)
    title = say(language, "Our reply, exactly as it will appear")
    if most is None:
        return _Line(title, say(language, "{counted:,} characters", counted=counted))
    length = say(language, "{counted:,} of {most:,}", counted=counted, most=most)
    return _Line(title, length) if counted <= most else _Line(title, length + say(language, ", too long"), "bold red")


def _draft(reply: Reply) -> Text:
    """Show the draft whole, with the words that rules object to marked where they stand."""
    text = reply.version.text
    cuts = sorted({0, len(text), *(min(max(edge, 0), len(text)) for o in reply.version.objections for edge in o.span)})
    shown = Text()
    for start, end in pairwise(cuts):
        over = [o.severity for o in reply.version.objections if o.span[0] <= start and end <= o.span[1]]
        style = "underline red" if Severity.RED in over else "underline yellow" if Severity.AMBER in over else ""
        shown.append(for_terminal(text[start:end]), style=style)
    return shown


def _version(reply: Reply, language: str) -> tuple[str, RenderableType]:
    written = say(language, "{number}, written by {who}", number=reply.version.number, who=for_terminal(reply.version.written_by))
    return say(language, "Version"), Text(written, style="dim")


def _facts(card: Card) -> Iterable[tuple[str, RenderableType]]:
    language = card.reply.mention.language
    for number, fact in enumerate(card.facts):
        statement = fact.text.get(language) or next(iter(fact.text.values()), "")
        line = Text(for_terminal(statement))
        line.append(f"\n{for_terminal(fact.source)}", style="blue" if fact.source.startswith("http") else "dim")
        yield ("" if number else say(card.language, "Facts")), line
    if not card.facts:
        yield say(card.language, "Facts"), Text(say(card.language, "none used"), style="dim")


def _promises(card: Card) -> Iterable[tuple[str, RenderableType]]:
    language = card.language
    for number, promise in enumerate(card.promises):
        line = Text(for_terminal(promise.text))
        undated = say(language, "names no day; we look at it again after three days")
        by = say(language, "by {at}", at=moment(promise.due, card.timezone, language)) if promise.due else undated
        line.append(f"\n{by}", style="dim")
        yield ("" if number else say(language, "Promises")), line


def _objections(reply: Reply, language: str) -> Iterable[tuple[str, RenderableType]]:
    order = list(Severity)
    objections: Sequence[Objection] = sorted(reply.version.objections, key=lambda one: order.index(one.severity))
    if not objections:
        yield say(language, "Rules"), Text(say(language, "✓ no rule objects"), style="green")
        return
    lines = Table.grid(padding=(0, 1))
    lines.add_column(width=max(len(say(language, mark)) for mark, _ in _MARKS.values()))
    for objection in objections:
        mark, style = _MARKS[objection.severity]
        lines.add_row(
            Text(say(language, mark), style=style), Text(objection.rule, style="bold"), Text(for_terminal(objection.said(language)))
        )
    yield say(language, "Rules"), lines


def _length(card: Card) -> Iterable[tuple[str, RenderableType]]:
    language, network = card.language, card.reply.mention.mention.network
    note = limit_for(network, card.longest).note
    if note:
        known = say(language, note) if network in LIMITS else say(language, UNKNOWN_LIMIT, network=network)
        yield say(language, "Length"), Text(for_terminal(known), style="dim")


def _approvals(card: Card, now: datetime) -> Iterable[tuple[str, RenderableType]]:
    reply, language = card.reply, card.language
    if reply.approvals_needed < 2 and not reply.approvals:
        return
    lines = [Text(say(language, "two people must agree"))] if reply.approvals_needed > 1 or red_rules(reply) else []
    for approval in reply.approvals:
        who, when = for_terminal(approval.name), ago(approval.decided_at, now, language)
        lines.append(Text(say(language, "✓ {who} said yes, {when}", who=who, when=when), style="green"))
        if approval.override_reason:
            rules, why = ", ".join(red_rules(reply)) or say(language, "the rules"), for_terminal(approval.override_reason)
            lines.append(Text(say(language, "  overriding {rules}: {why}", rules=rules, why=why), style="yellow"))
    yield say(language, "Approval"), Text("\n").join(lines)


def _indent(renderable: RenderableType) -> Padding:
    return Padding(renderable, (0, 2))


def _rows(rows: Iterable[tuple[str, RenderableType]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=False)
    table.add_column(width=8, no_wrap=True)
    table.add_column(overflow="fold", max_width=WIDEST - 14)
    for label, value in rows:
        table.add_row(Text(label, style="dim"), value)
    return table


@dataclass(frozen=True, slots=True)
class _Line:
    """A thin line with a title at its left and a remark at its right."""

    title: str
    remark: str
    remark_style: str = "dim"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        ending = f" {self.remark} ──" if self.remark else ""
        line = Text("── ", style="dim", no_wrap=True)
        line.append(clip(self.title, max(width - len(ending) - 5, 8)), style="not dim bold")
        line.append(" " + "─" * max(width - line.cell_len - len(ending) - 1, 1))
        line.append(ending[:-3], style=f"not dim {self.remark_style}").append(ending[-3:])
        yield line


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A text with a bar down its left side, on every line it takes."""

    text: Text
    colour: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.overflow = "fold"
        bar = Segment("  ▌ ", Style(color=self.colour))
        for line in console.render_lines(self.text, options.update(width=max(min(options.max_width, WIDEST) - 6, 1)), pad=False):
            yield bar
            yield from line
            yield Segment.line()


_SVG = """<svg class="terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.terminal text {{ font: {char_height}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre; }}
.{unique_id}-title {{ font-family: system-ui, sans-serif; font-size: 16px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""
"""Rich's own format loads fonts from the net; a picture in our papers loads nothing."""
