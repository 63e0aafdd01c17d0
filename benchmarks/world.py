"""Listens to a made-up world of six networks while it fails and our process is killed, and counts what was lost, doubled or miscounted.

`python -m benchmarks.world --posts 1000 --seconds 60 --kills 4`; the world is a program of its own (GRAPEVINE_SHARED/testbed/fakeworld.py).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.table import SHARED, Figure, Result, percentile
from benchmarks.world_items import Pages, playing_items, playing_pages

WORLD = SHARED / "testbed" / "fakeworld.py"
NETWORKS = ("x", "reddit", "mastodon", "bluesky", "hn", "rss")
FEEDS = 12
"""A feed shows its newest 30 entries, as blogs do; so many feeds hold what is written in a minute."""
LOOK_AGAIN = "20s"
"""How often the same job that looks again every 24 hours does so here (`recheck_every`)."""
ABOUT_US = 0.8
EDITED, DELETED = 0.10, 0.10
FAULTS = ("--rate-500", "0.05", "--rate-429", "0.02", "--rate-slow", "0.05", "--slow", "2")
DRAIN = 900.0
"""Seconds after the last deletion within which what exists is stored and what does not is gone; a network may ask us to wait, and
pages of blogs are asked ten at a time, those not found twice."""
_TOKEN = re.compile(r"w\d{6}")


@dataclass(frozen=True)
class Stored:
    """One mention as the database has it."""

    network: str
    token: str
    text: str
    read_at: float


def posts(count: int, seconds: int, rng: random.Random) -> list[dict[str, Any]]:
    """Return posts of all networks, spread over the time; some name the brand, some are edited or deleted on the way."""
    made = []
    for number in range(count):
        network = NETWORKS[number % len(NETWORKS)]
        about = rng.random() < ABOUT_US
        after = rng.uniform(1, seconds)
        words = f"{'Waalfiets' if about else 'Some bicycle'} number w{number:06d} does not brake well today"
        one: dict[str, Any] = {"platform": network, "author": f"jo{number % 97}", "text": words, "after_s": round(after, 2)}
        one |= {"subreddit": "cycling", "title": words} if network == "reddit" else {}
        one |= {"feed": f"blog{number // len(NETWORKS) % FEEDS}"} if network == "rss" else {}
        # What the world itself gives within one second would be taken twice.
        own = {"hn": str(50_000_000 + number), "reddit": _in_36(2 * 36**6 + int(after * 1000) * 1000 + number), "rss": f"entry-{number}"}
        one |= {"id": own[network]} if network in own else {}
        if rng.random() < DELETED:
            one["delete_after_s"] = round(after + rng.uniform(5, seconds), 2)
        made.append(one)
    return made


def _in_36(number: int) -> str:
    """Return a number as Reddit writes its ids."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


def get(port: int, what: str, body: Mapping[str, Any] | None = None) -> Any:
    """Ask the world's control."""
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_control/{what}", data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def configure(folder: Path, port: int, items: int) -> None:
    """Write a configuration that reads all of the world every 10 seconds."""
    base = f"http://127.0.0.1:{port}"
    common = f'every = "10s"\nrecheck_every = "{LOOK_AGAIN}"\nallow_private = ["127.0.0.1"]\n'
    feeds = ", ".join(f'"{base}/feeds/blog{number}.rss"' for number in range(FEEDS))
    sources = {
        "x": f'kind = "x"\napi_url = "{base}"\n',
        "reddit": f'kind = "reddit"\napi_url = "{base}"\n',
        "mastodon": f'kind = "mastodon"\napi_url = "{base}"\n',
        "bluesky": f'kind = "bluesky"\napi_url = "{base}"\n',
        "hn": f'kind = "hackernews"\napi_url = "{base}/api/v1"\nitems_url = "http://127.0.0.1:{items}/v0"\n',
        "rss": f'kind = "rss"\nurls = [{feeds}]\n',
    }
    path = folder / "config" / "monitor.toml"
    head = re.sub(r"(?s)\n\[\[source\]\].*", "", path.read_text("utf-8"))
    head = re.sub(r"(?m)^scorers = .*", 'scorers = ["vader"]', head)
    path.write_text(head + "".join(f'\n[[source]]\nname = "{name}"\n{words}{common}' for name, words in sources.items()), encoding="utf-8")


SECRETS = {
    "X_BEARER_TOKEN": "app-token",
    "REDDIT_CLIENT_ID": "app",
    "REDDIT_CLIENT_SECRET": "secret",
    "MASTODON_READ_TOKEN": "m-token",
    "BLUESKY_HANDLE": "acme.test",
    "BLUESKY_APP_PASSWORD": "app-pass",
}


@contextmanager
def a_world(folder: Path, made: list[dict[str, Any]], port: int, seed: int) -> Iterator[float]:
    """Run the world; yields when it began."""
    path = folder / "world.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
    words = [sys.executable, str(WORLD), "--port", str(port), "--posts", str(path), "--seed", str(seed), *FAULTS]
    with (folder / "world.log").open("wb") as log:
        world = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log)
    try:
        for _ in range(1_200):
            with suppress(OSError):
                get(port, "health")
                break
            time.sleep(0.05)
        get(port, "reset", {})
        yield time.time()
    finally:
        world.kill()
        world.wait()


@contextmanager
def blogs(made: list[dict[str, Any]], seed: int) -> Iterator[Pages]:
    """Play the pages of what the feeds show, each as long as it stands, and write their addresses into the posts."""
    entries = [one for one in made if one["platform"] == "rss"]
    with playing_pages({f"/blog/{one['id']}": float(one.get("delete_after_s", 1e9)) for one in entries}, seed) as pages:
        for one in entries:
            one["url"] = f"http://127.0.0.1:{pages.server_port}/blog/{one['id']}"
        yield pages


def read_stored(database: Path) -> list[Stored]:
    """Return what is stored and not erased, also while another process writes."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)
    try:
        rows = connection.execute("SELECT network, text, read_at FROM mentions WHERE status <> 'deleted'").fetchall()
    finally:
        connection.close()
    found = []
    for network, text, read_at in rows:
        token = _TOKEN.search(text)
        moment = datetime.fromisoformat(read_at).replace(tzinfo=UTC).timestamp()
        found.append(Stored(network, token[0] if token else "", text, moment))
    return found


def ledger_of(database: Path) -> float:
    """Return what our ledger says X has cost, in dollars."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)
    try:
        return float(connection.execute("SELECT coalesce(sum(amount), 0) FROM costs WHERE unit = 'usd'").fetchone()[0]) / 1e6
    finally:
        connection.close()


def token_of(post: Mapping[str, Any]) -> str:
    """Return the mark by which a post is known again."""
    found = _TOKEN.search(str(post["text"]))
    return found[0] if found else ""


def listen(folder: Path, port: int, began: float, made: list[dict[str, Any]], seconds: int, kills: int, rng: random.Random) -> int:
    """Listen until all that exists is stored, and nothing else, or DRAIN is over; kill our process on the way. Returns how often."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GRAPEVINE_DATABASE_URL": f"sqlite:///{folder / 'grapevine.db'}",
    } | SECRETS
    words = [str(Path(sys.executable).parent / "monitor"), "run"]
    moments = sorted(rng.uniform(8, seconds) for _ in range(kills))
    editing = rng.sample([one for one in made if one["platform"] != "x"], int(len(made) * EDITED))
    last = max([seconds, *(one.get("delete_after_s", 0) for one in made)])
    edits = sorted((float(one["after_s"]) + rng.uniform(2, seconds / 2), index) for index, one in enumerate(editing))
    ids = {token_of(one): one["id"] for one in get(port, "posts")["posts"]}
    killed = 0
    log = (folder / "monitor.log").open("ab")

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(words, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)

    ours = start()
    try:
        while (past := time.time() - began) < last + DRAIN:
            while edits and edits[0][0] < past:
                one = editing[edits.pop(0)[1]]
                get(port, "edit", {"platform": one["platform"], "id": ids[token_of(one)], "text": one["text"] + " (edited)"})
            if moments and moments[0] < past:
                moments.pop(0)
                ours.send_signal(signal.SIGKILL)
                ours.wait()
                killed += 1
                ours = start()
            if past > last + 2 and not edits:
                stored = read_stored(folder / "grapevine.db")
                if not missing(made, stored, past) and not lingering(made, stored, past):
                    break
            time.sleep(0.25)
        # A round more, so that what is read again is seen to change nothing.
        time.sleep(12)
    finally:
        ours.send_signal(signal.SIGINT)
        try:
            ours.wait(timeout=30)
        except subprocess.TimeoutExpired:
            ours.kill()
            ours.wait()
        log.close()
    return killed


def missing(made: list[dict[str, Any]], stored: list[Stored], past: float) -> list[str]:
    """Return the marks of what names us, exists still, and is not stored."""
    have = {one.token for one in stored}
    return [
        token_of(one)
        for one in made
        if "Waalfiets" in one["text"] and one.get("delete_after_s", 1e9) > past and token_of(one) not in have
    ]  # fmt: skip


def lingering(made: list[dict[str, Any]], stored: list[Stored], past: float) -> list[str]:
    """Return the marks of what was deleted and is still stored."""
    have = {one.token for one in stored}
    gone = [token_of(one) for one in made if one.get("delete_after_s", 1e9) <= past]
    return [token for token in gone if token in have]


def measure(count: int, seconds: int, kills: int, seed: int, port: int) -> Result:
    """Run it once."""
    rng = random.Random(seed)
    how = (
        f"{count:,} posts on six networks over {seconds} s, {ABOUT_US:.0%} about us, {EDITED:.0%} edited and {DELETED:.0%} deleted on the "
        f"way; 5 % of the answers 5xx, 2 % 429, 5 % two seconds late; `monitor run` killed by kill -9 {kills} times; "
        f"every source read each 10 s and what it found looked at again each {LOOK_AGAIN} in place of each 24 hours, by the same job; "
        f"seed {seed}; a machine that does other work too."
    )
    title = "A world of six networks"
    if not WORLD.is_file():
        return Result(title, how, skipped="the made-up world (fakeworld.py) is not here; set GRAPEVINE_SHARED")
    folder = Path(tempfile.mkdtemp(prefix="grapevine-world-"))
    try:
        bin_folder = Path(sys.executable).parent
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GRAPEVINE_DATABASE_URL": f"sqlite:///{folder / 'grapevine.db'}"}
        for words in (["init", "--sample"], ["migrate"]):
            subprocess.run([str(bin_folder / "monitor"), *words], cwd=folder, env=environment, check=True, capture_output=True)
        made = posts(count, seconds, rng)
        with blogs(made, seed) as pages, playing_items(port) as items, a_world(folder, made, port, seed) as began:
            pages.began = began
            configure(folder, port, items)
            killed = listen(folder, port, began, made, seconds, kills, rng)
            past = time.time() - began
            bill = float(get(port, "bill")["usd"])
            asked = Counter(one.get("fault", "") for one in get(port, "requests")["requests"])
        stored, ledger = read_stored(folder / "grapevine.db"), ledger_of(folder / "grapevine.db")
        figures = judge(made, stored, past, killed, bill, ledger, asked, began)
        return Result(title, how, [*figures, Figure("pages of blogs asked", f"{pages.asked:,}", "ten at a look at most")])
    finally:
        if os.environ.get("GRAPEVINE_KEEP"):
            print(folder, file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def judge(
    made: list[dict[str, Any]],
    stored: list[Stored],
    past: float,
    killed: int,
    bill: float,
    ledger: float,
    asked: Mapping[str, int],
    began: float,
) -> list[Figure]:
    """Return what came of it."""
    by_token = {token_of(one): one for one in made}
    ours = {token for token, one in by_token.items() if "Waalfiets" in one["text"]}
    alive = {token for token in ours if by_token[token].get("delete_after_s", 1e9) > past}
    have = Counter(one.token for one in stored)
    doubled = sum(number - 1 for number in have.values() if number > 1)
    lost = [token for token in alive if token not in have]
    where = Counter(by_token[token]["platform"] for token in lost)
    # A text that was changed was stored anew then.
    unchanged = [one for one in stored if one.token in by_token and not one.text.endswith("(edited)")]
    late = sorted(one.read_at - began - float(by_token[one.token]["after_s"]) for one in unchanged)
    per = Counter(by_token[one.token]["platform"] for one in stored if one.token in by_token)
    deleted = ours - alive
    left = lingering(made, stored, past)
    faults = ", ".join(f"{name} {number}" for name, number in sorted(asked.items()) if name)
    return [
        Figure(
            "about us and still there, stored",
            f"{len(alive) - len(lost):,} of {len(alive):,}",
            str(dict(where)) if lost else "",
            "all",
            not lost,
        ),
        Figure("stored twice", str(doubled), "", "0", doubled == 0),
        Figure("stored that is not about us", str(sum(token not in ours for token in have)), "", "0", not set(have) - ours),
        Figure("our ledger", f"${ledger:.3f}", f"the network's own bill ${bill:.3f}", "equal", abs(ledger - bill) < 0.0005),
        Figure("post to stored, median", f"{percentile(late, 0.5):.1f} s", "standstills by kill -9 and by 429 included"),
        Figure("post to stored, p95", f"{percentile(late, 0.95):.1f} s"),
        Figure("stored, by network", ", ".join(f"{name} {per[name]}" for name in NETWORKS)),
        Figure("requests", f"{sum(asked.values()):,}", f"of them failed on purpose: {faults}"),
        Figure("killed by kill -9", str(killed)),
        Figure(
            "deleted there, still stored here",
            f"{len(left)} of {len(deleted)}",
            str(dict(Counter(by_token[token]["platform"] for token in left))) if left else "",
            "0",
            not left,
        ),
    ]


def main() -> Result:
    """Run it as the page has it."""
    return measure(1_000, 60, 4, 1, 8931)


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    for name, default in (("posts", 1_000), ("seconds", 60), ("kills", 4), ("seed", 1), ("port", 8931)):
        words.add_argument(f"--{name}", type=int, default=default)
    given = words.parse_args()
    result = measure(given.posts, given.seconds, given.kills, given.seed, given.port)
    for figure in result.figures:
        print(f"{figure.what}: {figure.measured}  {figure.against}{'' if figure.holds is not False else '   DOES NOT HOLD'}")
    print(result.skipped)
    sys.exit(any(figure.holds is False for figure in result.figures))
