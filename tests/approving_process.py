"""Approves replies in a process of its own, as a colleague at another door would.

Usage: python -m tests.approving_process DATABASE_URL NAME REPLY_ID …

It says "ready", waits for a line, and then says of each reply "yes" or the rule that stood in the way.
"""

from __future__ import annotations

import sys

from monitor.domain import Approval
from monitor.tables import open_database
from responders.store import ReplyStore
from tests.builders import NOW


def main() -> None:
    """Approve them, one after another."""
    url, name, *numbers = sys.argv[1:]
    store = ReplyStore(open_database(url))
    found = [reply for number in numbers if (reply := store.reply(int(number)))]
    print("ready", flush=True)
    sys.stdin.readline()
    for reply in found:
        outcome = store.approve(reply.id, Approval(name, reply.version.sha256, NOW), ())
        print("yes" if outcome.ok else outcome.rule or outcome.sentence, flush=True)


if __name__ == "__main__":
    main()
