"""The command `responders release`: keeps a statement of ours, lets two people approve it, and writes its pages. No rules live here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import (
    REFUSED,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    help_text,
    json_line,
    print_json,
    print_table,
    say,
    warn,
    write_whole,
)

if TYPE_CHECKING:
    from responders.releasebook import Decision, Kept
    from responders.wiring import Responders

ACTS = ("list", "approve", "pages", "published")


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `responders`."""
    app.command(
        short_help="Publish one statement about one cause.",
        help=help_text(
            "Check and keep a release from a file, let two people approve it, and write its pages, feed and texts.",
            'responders release slotstoring.toml --as "Els Kamps" --to /tmp/look',
            "With a file: it is checked, held against the rules and kept as a version; --to also writes its pages, marked as a draft. "
            "approve NAME --version HASH is one of the two yeses it needs. pages NAME --to FOLDER writes what was approved. published NAME "
            "says that it stands there: from then on replies about its topics may use its facts, with the page as their source.",
        ),
    )(release)


def release(
    what: Annotated[str, typer.Argument(metavar="FILE|list|approve|pages|published", help="A file, or what to do.")] = "list",
    which: Annotated[str, typer.Argument(metavar="NAME", help="The release's id, as its file gives it.")] = "",
    version: Annotated[str, typer.Option(help="approve: the hash of the version you read, or its first 8 digits or more.")] = "",
    override: Annotated[str, typer.Option(help="approve: why it may go out though a red objection stands.")] = "",
    to: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where the pages are written.")] = None,
    name: Annotated[str, typer.Option("--as", envvar="GRAPEVINE_NAME", help="Who you are; your name stands in the audit.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look after releases."""
    from responders.wiring import Responders, read_responder_settings

    responders = Responders(read_responder_settings(config, database))
    if what == "list":
        _list(responders, as_json=as_json)
        return
    if what in ACTS and not which:
        raise CommandError(f"Which release? responders release {what} NAME. Nothing was changed.", USAGE)
    if what != "pages" and not name.strip():
        raise CommandError("Say who you are: --as NAME (or set GRAPEVINE_NAME). Nothing was changed.", USAGE)
    if what == "approve":
        _tell(_approve(responders, which, version.strip().lower(), name, override), as_json=as_json)
    elif what == "published":
        _tell(_publish(responders, which, name), as_json=as_json)
    elif what == "pages":
        _pages(responders, which, to)
    else:
        _save(responders, Path(what), name, to, as_json=as_json)


def _list(responders: Responders, *, as_json: bool) -> None:
    kept = responders.releases.releases()
    if as_json:
        print_json([_plain(one) for one in kept])
        return
    if not kept:
        say("There is no release yet. Write one in a file and run: responders release FILE.toml --as NAME")
        return
    rows = [
        [
            one.release.id,
            one.release.brand,
            one.status,
            one.sha256[:8],
            ", ".join(given.name for given in one.approvals) or "nobody yet",
            ("red: " + " ".join(one.red)) if one.red else "",
            one.release.headline[one.release.languages[0]],
        ]
        for one in kept
    ]
    print_table(["name", "brand", "status", "version", "approved by", "remark", "headline"], rows)


def _save(responders: Responders, path: Path, name: str, to: Path | None, *, as_json: bool) -> None:
    from monitor.text import clean
    from monitor.wiring import now
    from responders.consent import refuse_decider
    from responders.release import judge, read_release

    if refusal := refuse_decider(name, "", ()):
        raise CommandError(f"Not done: {refusal}.", USAGE)
    read = read_release(path, list(responders.brands))
    decision = responders.releases.save(read, judge(read, responders.brands[read.brand]), clean(name).strip(), now())
    if to is not None and decision.kept is not None:
        _write(responders, decision.kept, to)
    if decision.kept is not None and not as_json:
        for line in _objections(decision.kept, responders.settings.desk_language):
            say(line)
    _tell(decision, as_json=as_json)
    if decision.kept is not None and decision.kept.red:
        raise typer.Exit(REFUSED)


def _objections(kept: Kept, reader: str) -> Iterator[str]:
    from monitor.text import for_terminal
    from responders.release.judging import body

    for language, one in kept.objections:
        words = " ".join(body(kept.release, language)[slice(*one.span)].split())[:80]
        yield for_terminal(f"{one.severity.value:5} {one.rule} ({language}) “{words}”: {one.said(reader)}")


def _approve(responders: Responders, which: str, version: str, name: str, override: str) -> Decision:
    from monitor.domain import Approval
    from monitor.wiring import now

    if len(version) < 8:
        raise CommandError("Name the version by 8 digits of its hash or more: --version HASH. Nothing was approved.", USAGE)
    kept = responders.releases.release(which)
    whole = kept.sha256 if kept and kept.sha256.startswith(version) else version
    return responders.releases.approve(which, Approval(name.strip(), whole, now(), override.strip()), responders.settings.approvers)


def _publish(responders: Responders, which: str, name: str) -> Decision:
    from monitor.wiring import now
    from responders.consent import refuse_decider
    from responders.releasebook import Decision

    kept = responders.releases.release(which)
    brand = kept.release.brand if kept else ""
    if refusal := refuse_decider(name.strip(), brand, responders.settings.approvers if kept else ()):
        return Decision(False, refusal, kept)
    return responders.releases.publish(which, name.strip(), now())


def _pages(responders: Responders, which: str, to: Path | None) -> None:
    if to is None:
        raise CommandError("Where to? responders release pages NAME --to FOLDER. Nothing was written.", USAGE)
    kept = responders.releases.release(which)
    if kept is None:
        raise CommandError(f"There is no release {which}; responders release list shows them.")
    if kept.status == "waiting":
        raise CommandError(f"Version {kept.sha256[:8]} is not approved by two people yet. Nothing was written.")
    _write(responders, kept, to)


def _write(responders: Responders, kept: Kept, to: Path) -> None:
    """Write a page, a plain text and share texts for each language, and a feed of all that is public."""
    from responders.release import atom_feed, page, plain_text, share_texts

    release, brand = kept.release, responders.brands.get(kept.release.brand)
    if brand is None:
        raise CommandError(f"The brand {release.brand} is no longer in brands.toml. Nothing was written.")
    approved = kept.status != "waiting"
    to.mkdir(parents=True, exist_ok=True)
    others = [one.release for one in responders.releases.releases() if one.status == "published" and one.release.brand == brand.id]
    written = []
    for language in release.languages:
        files = {
            f"{release.id}.{language}.html": page(release, brand, language, approved=approved),
            f"{release.id}.{language}.txt": plain_text(release, brand, language),
            f"{release.id}.{language}.share.json": json_line(share_texts(release, brand, language)) + "\n",
        }
        if approved:
            feed = [release, *(one for one in others if one.id != release.id)]
            files[f"feed.{language}.atom"] = atom_feed(feed, brand, language)
        for name, text in files.items():
            write_whole(to / name, text)
            written.append(name)
    say(f"Written in {to}: {', '.join(written)}.")


def _tell(decision: Decision, *, as_json: bool) -> None:
    if as_json:
        print_json({"ok": decision.ok, "sentence": decision.sentence, "release": _plain(decision.kept) if decision.kept else None})
    elif decision.ok:
        say(f"Release {decision.kept.release.id}: {decision.sentence}." if decision.kept else f"{decision.sentence}.")
    else:
        warn(f"Not done: {decision.sentence}.")
    if not decision.ok:
        raise typer.Exit(REFUSED)


def _plain(kept: Kept) -> dict[str, Any]:
    """Return what a script reads of a release: all but the pictures' bytes."""
    found = asdict(kept)
    for picture in found["release"]["pictures"]:
        picture["base64"] = f"{len(picture['base64'])} characters"
    return found
