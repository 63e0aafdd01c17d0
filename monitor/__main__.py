"""The commands of `monitor`: they read their words, ask what stands behind them, and say what came of it. No rules live here."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command import (
    REFUSED,
    SOME_REJECTED,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    count,
    help_text,
    new_app,
    print_json,
    run,
    say,
)
from monitor.commands import add_to as add_further_commands
from monitor.costs import add_commands as add_cost_commands
from monitor.keeping import add_to as add_keeping_commands
from monitor.sorting import add_commands as add_judging_commands
from monitor.status import PortOption
from monitor.status import add_to as add_status_command

if TYPE_CHECKING:
    from monitor.wiring import Monitor

app = new_app("Listens to what people say about a brand, and decides what deserves a person's attention.")


def _configure_logs(monitor: Monitor) -> None:
    from monitor.logs import configure

    configure("INFO", "monitor", environment=monitor.settings.environment)


@app.command(
    short_help="Write commented configuration for your brand, or the sample.",
    help=help_text(
        "Write commented configuration for your own brand, or the sample; nothing that exists is overwritten.",
        'monitor init --name "Gemeente Maasdrecht" --handle @maasdrecht --language nl',
        "Without --name it asks.",
    ),
)
def init(
    name: Annotated[str, typer.Option(help="The brand's name.")] = "",
    terms: Annotated[list[str] | None, typer.Option("--term", help="A phrase by which people name it; may be repeated.")] = None,
    handles: Annotated[list[str] | None, typer.Option("--handle", help="A handle of yours, such as @maasdrecht; may be repeated.")] = None,
    languages: Annotated[
        list[str] | None, typer.Option("--language", help="A language people write in, such as nl; may be repeated.")
    ] = None,
    feeds: Annotated[list[str] | None, typer.Option("--feed", help="The address of a feed to read; may be repeated.")] = None,
    timezone: Annotated[str, typer.Option(help="Your time zone.")] = "Europe/Amsterdam",
    signature: Annotated[str, typer.Option(help="How a reply is signed, such as ^EK.")] = "",
    owner: Annotated[str, typer.Option(help="Who is told when it is serious.")] = "",
    sample: Annotated[bool, typer.Option("--sample", help="The made-up sample brand instead, to see how it works.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write configuration."""
    from monitor.starter import Answers, StarterError, copy_sample, write_starter
    from monitor.wiring import config_folder, now, own_kinds, sample_folder

    folder = config_folder(config)
    try:
        if sample:
            made = copy_sample(sample_folder(), folder, now())
            if made:
                say(f"The sample brand is set up in {folder}/ ({len(made)} files). Yours instead: empty that folder, then monitor init")
            return
        if not name:
            if not sys.stdin.isatty():
                raise CommandError("Give the brand's name: monitor init --name NAME", USAGE)
            name = typer.prompt("Your brand's name")
            handles = handles or typer.prompt("Its handles on social media, such as @brand (blank for none)", default="").split()
            languages = languages or typer.prompt("Languages people write in", default="nl en").split()
            signature = signature or typer.prompt("How do you sign a reply, such as ^EK (blank for later)", default="")
            owner = owner or typer.prompt("Who is told when it is serious (blank for later)", default="")
        answers = Answers(
            name=name,
            terms=tuple(terms or ()),
            handles=tuple(handles or ()),
            languages=tuple(languages or ("nl", "en")),
            timezone=timezone,
            signature=signature,
            owner=owner,
            feeds=tuple(feeds or ()),
        )
        made = write_starter(folder, answers, own_kinds())
    except StarterError as error:
        raise CommandError(str(error), USAGE) from error
    for path in made:
        say(f"wrote {path}")
    say("Read them, add what you know to facts/, and then: monitor check")


@app.command("run", short_help="Listen until Ctrl-C.", help=help_text("Listen until Ctrl-C.", "monitor run"))
def run_command(port: PortOption = None, config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Listen until Ctrl-C."""
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    _configure_logs(monitor)
    from monitor.health import answering
    from monitor.running import run as listen

    with answering(port, monitor.database, "monitor"):
        listen(monitor)


@app.command(
    short_help="Read the sources without the engine: on and on, or --once.",
    help=help_text(
        "Read the sources and judge what is new, without the engine: on and on until Ctrl-C, or --once.",
        "monitor poll --once --source hackernews",
    ),
)
def poll(
    source: Annotated[str, typer.Option(help="Only this source, by the name it has in monitor.toml.")] = "",
    once: Annotated[bool, typer.Option("--once", help="Read each source one time and stop; else on and on until Ctrl-C.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Read the sources."""
    from monitor.running import poll_now
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    _configure_logs(monitor)
    raise typer.Exit(poll_now(monitor, source, once=once))


@app.command(
    short_help="Bring the database to this version.",
    help=help_text("Bring the database to this version; run it once after each install.", "monitor migrate"),
)
def migrate(config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Migrate the database."""
    from monitor import migrations
    from monitor.jobs import migrate_engine
    from monitor.wiring import connect, find_database

    engine = connect(find_database(config, database), migrated=False)
    before, after = migrations.upgrade(engine)
    migrate_engine(engine)
    if before == after:
        say(f"The database is up to date (schema {after}).")
    else:
        say(f"The database is set up (schema {after})." if not before else f"The database went from schema {before} to {after}.")


@app.command(
    "import",
    short_help="Take in an export of any platform.",
    help=help_text(
        "Take in an export of any platform (.jsonl or .csv); twice adds nothing.",
        "monitor import posts.csv --brand waalfiets --map Message=text --map Date=posted_at",
        "Rows that cannot be read go to rejected.jsonl with their line and the reason; the good ones go in.",
    ),
)
def import_command(
    file: Annotated[Path, typer.Argument(help="The export.")],
    columns: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Which column is which field; may be repeated.")
    ] = None,
    brand: Annotated[str, typer.Option("--brand", help="The brand of rows that name none.")] = "",
    network: Annotated[str, typer.Option(help="The network of rows that name none.")] = "",
    date_format: Annotated[str, typer.Option(help="How dates are written where that is not clear, such as %d/%m/%Y.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count, store nothing.")] = False,
    rejects: Annotated[Path, typer.Option("--rejected", help="Where rows that cannot be read are kept.")] = Path("rejected.jsonl"),
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import an export."""
    from monitor.importing import Importing
    from monitor.text import clip, for_terminal
    from monitor.wiring import open_monitor

    importing = Importing(open_monitor(config, database), file, columns or [], brand, network, date_format, rejects)
    done = importing.run(dry_run=dry_run, show_progress=sys.stderr.isatty() and not as_json)
    if as_json:
        print_json(done)
    else:
        verb = "would be new" if dry_run else "new"
        read = count(done.read, "row")
        say(f"{file}: {read} read, {done.new} {verb}, {done.known} known already, {done.others} not about a brand of yours.")
        if done.columns and dry_run:
            taken = ", ".join(f"{for_terminal(clip(column, 40))} = {known}" for column, known in done.columns.items())
            say(f"Read as: {taken}.")
        if done.unused:
            more = f" and {len(done.unused) - 8} more" if len(done.unused) > 8 else ""
            left = ", ".join(f"“{for_terminal(clip(name, 40))}”" for name in done.unused[:8])
            say(f"Not used: {left}{more}. To use one, name it (--map COLUMN=author); --dry-run shows it first.")
        if done.rejected:
            where = "" if dry_run else f"; see {rejects} for the reason of each"
            say(f"{count(done.rejected, 'row')} could not be taken in{where}. The first: line {done.first_rejected}")
    if done.rejected:
        raise typer.Exit(SOME_REJECTED)


@app.command(
    short_help="Prove configuration, database, sources and credentials.",
    help=help_text("Prove configuration, database, every source and credential; one line each, and what to do.", "monitor check"),
)
def check(
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the sources.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prove the set-up."""
    from monitor.rostering import check_rota
    from monitor.standing import checks

    found = []
    for proof in chain(checks(config, database, offline=offline), check_rota(config, database, offline=offline)):
        found.append(proof)
        if not as_json:
            say(f"{'ok  ' if proof.ok else 'FAIL'}  {proof.what}: {proof.sentence}")
    if as_json:
        print_json(found)
    if not all(proof.ok for proof in found):
        raise typer.Exit(REFUSED)


add_judging_commands(app)
add_cost_commands(app)
add_status_command(app)
add_keeping_commands(app)
add_further_commands(app)


def main() -> None:
    """Run the commands."""
    run(app)


if __name__ == "__main__":
    main()
