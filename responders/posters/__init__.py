"""Names the posters; each lives in its own file and is imported only when it is used."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.registry import Adapter, Option

POSTERS: Mapping[str, Adapter] = {
    "console": Adapter(
        target="responders.posters.console:ConsolePoster",
        about="Plays a network in a file on this machine, so that the whole chain can be tried without a key.",
        options={
            "path": Option("path", "The JSONL file that plays the network.", default="grapevine-console.jsonl"),
        },
    ),
}
