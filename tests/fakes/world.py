"""Four networks on loopback that play what the posters ask of them, with faults; driven over the same /_control as the larger stand-in.

Each does what the real one does to a text: X escapes it and puts handles before it, Mastodon makes HTML of it, Bluesky and Reddit keep it.
A fault has so many `times`, or a `rate`. `python -m tests.fakes.world` plays them in a process of their own, until its input ends.
"""

from __future__ import annotations

import base64
import contextlib
import html
import json
import random
import re
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

OURS = {"x": "acme", "reddit": "acme_support", "mastodon": "acme", "bluesky": "acme.test"}
X_ID, MASTODON_ID, DID = "1000001", "900001", "did:plc:acmeacmeacmeacmeacmeacm"
WRITES = {"x": "/2/tweets", "reddit": "/api/comment", "mastodon": "/api/v1/statuses", "bluesky": "/xrpc/com.atproto.repo.createRecord"}

Row = dict[str, Any]
Reply = tuple[int, Any, dict[str, str]]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.lock = threading.RLock()
        self.reset()

    def reset(self) -> None:
        self.posts: dict[tuple[str, str], Row] = {}
        self.replies: list[Row] = []
        self.requests: list[Row] = []
        self.faults: list[Row] = []
        self.keys: dict[str, str] = {}
        self.chance = random.Random(0)
        self.met: Counter[str] = Counter()
        self.count = 0

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that hung up is part of the play."""

    def live(self, network: str, number: str) -> Row | None:
        post = self.posts.get((network, str(number).rpartition("/")[2]))
        return None if post is None or post.get("deleted") else post

    def add(self, network: str, parent: str | None, text: str, **more: Any) -> Row:
        self.count += 1
        made = time.time()
        number = {"x": str((int(made * 1000) - 1288834974657) << 22 | self.count), "reddit": f"r{self.count:05d}"}.get(
            network, str((int(made * 1000) << 16) + self.count)
        )
        post = {
            "platform": network,
            "id": number,
            "author": OURS[network],
            "text": text,
            "parent_id": parent,
            "t": made,
            "ours": True,
        } | more
        self.posts[network, post["id"]] = post
        self.replies.append({"platform": network, "id": post["id"], "parent_id": parent, "text": text})
        return post

    def below(self, network: str, parent: str) -> list[Row]:
        """Return what stands right under a post."""
        return [
            one for (name, _), one in self.posts.items() if name == network and str(one["parent_id"]) == parent and not one.get("deleted")
        ]

    def ours(self, network: str) -> list[Row]:
        """Return our posts, the newest first."""
        return [
            post for (name, _), post in reversed(self.posts.items()) if name == network and post.get("ours") and not post.get("deleted")
        ]

    def control(self, what: str, given: Row) -> Any:
        match what:
            case "reset":
                self.reset()
            case "fault":
                self.faults.append({"times": 1, "platform": "*", "method": "*", "path": ""} | given)
            case "nofaults":
                self.faults.clear()
            case "seed":
                self.chance.seed(given["seed"])
            case "post":
                for one in given.get("posts", [given]):
                    post: Row = {"author": "jo", "t": time.time(), "parent_id": None} | one
                    self.posts[post["platform"], post["id"]] = post
                    if post.get("ours"):
                        post["author"] = OURS[post["platform"]]
            case "edit" | "delete":
                change = {"deleted": True} if what == "delete" else {"text": given["text"], "edited": time.time()}
                self.posts[given["platform"], given["id"]].update(change)
        by_parent = Counter((one["platform"], one["parent_id"]) for one in self.replies)
        doubles = [f"{network}:{parent}" for (network, parent), number in by_parent.items() if number > 1]
        return {"replies": self.replies, "requests": self.requests, "duplicates": doubles, "met": self.met}


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        self._play()

    do_POST = do_GET  # noqa: N815 - the library's name

    def _play(self) -> None:
        place = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.asked = {key: values[-1] for key, values in parse_qs(place.query).items()}
        self.all_asked = parse_qs(place.query)
        if self.headers.get("Content-Type", "").startswith("application/x-www-form"):
            self.given: Row = {key: values[-1] for key, values in parse_qs(body.decode(), keep_blank_values=True).items()}
        else:
            self.given = json.loads(body or b"{}")
        path = place.path.rstrip("/")
        with self.server.lock:
            if path.startswith("/_control/"):
                return self._answer(200, self.server.control(path.rpartition("/")[2], self.given), {})
            self.server.requests.append({"method": self.command, "path": path, "headers": dict(self.headers), "body": self.given})
            network, play = next(((name, play) for start, name, play in ROUTES if path.startswith(start)), ("", None))
            fault = self._fault(network, path)
        kind = fault.get("kind", "")
        if kind == "slow":
            threading.Event().wait(fault["seconds"])
        if kind in {"", "slow", "drop_after"} or fault.get("after"):
            with self.server.lock:
                status, content, headers = play(self, path) if play else (404, {"error": "not found"}, {})
            if kind in {"", "slow"}:
                return self._answer(status, content, headers)
        match kind:
            case "status":
                return self._answer(fault["status"], fault.get("body", {"error": "fault"}), fault.get("headers", {}))
            case "429":
                seconds = fault.get("seconds", 90)
                names = {"x": "x-rate-limit-reset", "bluesky": "ratelimit-reset"}
                wait = {names[network]: str(int(time.time()) + seconds)} if network in names else {"Retry-After": str(seconds)}
                return self._answer(429, {"error": "Too Many Requests"}, wait)
            case "html":
                return self._answer(200, b"<html>Over capacity</html>", {"Content-Type": "text/html"})
            case "garbage":
                return self._answer(200, b'{"data": [{"id": "1", "te', {})
            case "json":
                return self._answer(200, fault["body"], {})
        return self._hang_up()

    def _fault(self, network: str, path: str) -> Row:
        luck = self.server.chance.random()
        for fault in self.server.faults:
            if fault["platform"] not in ("*", network) or fault["method"] not in ("*", self.command) or not re.search(fault["path"], path):
                continue
            if "rate" in fault:
                luck -= fault["rate"]
                if luck < 0:
                    self.server.met[fault["kind"]] += 1
                    return fault
            elif fault["times"] > 0:
                fault["times"] -= 1
                return fault
        return {}

    def _hang_up(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, content: Any, headers: dict[str, str]) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    # X

    def x(self, path: str) -> Reply:
        # The keys themselves: a signature or a nonce may have "bad" in it by chance.
        if re.search(r'oauth_(?:consumer_key|token)="[^"]*bad', self.headers.get("Authorization", "")):
            return 401, {"title": "Unauthorized", "detail": "Unauthorized"}, {}
        if path == "/2/users/me":
            return 200, {"data": {"id": X_ID, "username": OURS["x"], "name": "Acme"}}, {}
        if path.endswith("/tweets") and path.startswith("/2/users/"):
            newer = [post for post in self.server.ours("x") if int(post["id"]) > int(self.asked.get("since_id", 0))]
            start = int(self.asked.get("pagination_token", 0))
            page = newer[start : start + 100]
            more = {"next_token": str(start + 100)} if len(newer) > start + 100 else {}
            data = {"data": [self._tweet(post) for post in page]} if page else {}
            return 200, data | {"meta": {"result_count": len(page)} | more}, {}
        if path == "/2/tweets/search/recent":
            return self._search()
        if self.command == "POST":
            parent, text = self.given["reply"]["in_reply_to_tweet_id"], self.given["text"]
            if self.server.live("x", parent) is None:
                return 400, {"detail": "You attempted to reply to a Tweet that is deleted or not visible to you."}, {}
            return 201, {"data": {"id": self.server.add("x", parent, text)["id"], "text": f"@jo {html.escape(text, quote=False)}"}}, {}
        number = path.rpartition("/")[2]
        post = self.server.live("x", number)
        kind = "https://api.twitter.com/2/problems/resource-not-found"
        return 200, {"data": self._tweet(post)} if post else {"errors": [{"resource_id": number, "type": kind}]}, {}

    def _search(self) -> Reply:
        asked = re.fullmatch(r"in_reply_to_tweet_id:([0-9]+) \((from:\w+(?: OR from:\w+)*)\)", self.asked["query"])
        if asked is None or len(self.asked["query"]) > 512:
            return 400, {"detail": "One or more parameters to your request was invalid."}, {}
        people = asked[2].lower().replace("from:", "").split(" OR ".lower())
        found = [one for one in self.server.below("x", asked[1]) if one["author"].lower() in people]
        if not found:
            return 200, {"meta": {"result_count": 0}}, {}
        users = [{"id": "7", "name": one["author"], "username": one["author"]} for one in found]
        return 200, {"data": [self._tweet(one) for one in found], "includes": {"users": users}, "meta": {"result_count": len(found)}}, {}

    def _tweet(self, post: Row) -> Row:
        text = html.escape(post["text"], quote=False)
        made: Row = {"id": post["id"], "text": f"@jo {text}" if post.get("ours") else text, "edit_history_tweet_ids": [post["id"]]}
        links = [{"url": f"https://t.co/{n}", "expanded_url": url} for n, url in enumerate(re.findall(r"https?://\S+", post["text"]))]
        for link in links:
            made["text"] = made["text"].replace(html.escape(link["expanded_url"], quote=False), link["url"])
        if post["parent_id"]:
            made["referenced_tweets"] = [{"type": "replied_to", "id": post["parent_id"]}]
        made["entities"] = {"urls": links}
        made.update(post.get("more", {}))
        return made

    # Reddit

    def reddit(self, path: str) -> Reply:
        if path == "/api/v1/access_token":
            login = base64.b64decode(self.headers["Authorization"].split()[1]).decode()
            if "bad" in login:
                return 401, {"message": "Unauthorized", "error": 401}, {}
            if "bad" in self.given.get("password", ""):
                return 200, {"error": "invalid_grant"}, {}
            return 200, {"access_token": "r-token-of-the-hour", "token_type": "bearer", "expires_in": 3600, "scope": "*"}, {}
        if path == "/api/v1/me":
            return 200, {"id": "acme", "name": OURS["reddit"], "is_suspended": False}, {}
        if path == "/api/info":
            posts = [
                post for (network, number), post in self.server.posts.items() if network == "reddit" and self.asked["id"][3:] == number
            ]
            return 200, {"kind": "Listing", "data": {"children": [self._thing(post) for post in posts]}}, {}
        if path.startswith("/comments/"):
            below = [self._thing(one) for one in self.server.below("reddit", self.asked.get("comment", path.rpartition("/")[2]))]
            if "comment" in self.asked:
                above = self._thing(self.server.posts["reddit", self.asked["comment"]])
                above["data"]["replies"] = {"kind": "Listing", "data": {"children": below}} if below else ""
                below = [above]
            return 200, [{"kind": "Listing", "data": {"children": part}} for part in ([], below)], {}
        if path.startswith("/user/"):
            start = int(self.asked.get("after") or 0)
            mine = self.server.ours("reddit")
            after = str(start + 100) if len(mine) > start + 100 else None
            return (
                200,
                {"kind": "Listing", "data": {"children": [self._thing(one) for one in mine[start : start + 100]], "after": after}},
                {},
            )
        number = self.given["thing_id"].partition("_")[2]
        post = self.server.live("reddit", number)
        if post is None:
            return 200, {"json": {"errors": [["DELETED_LINK", "that link has been deleted", "parent"]]}}, {}
        made = self.server.add("reddit", number, self.given["text"])
        return 200, {"json": {"errors": [], "data": {"things": [self._thing(made)]}}}, {}

    def _thing(self, post: Row) -> Row:
        text = "[deleted]" if post.get("deleted") else post["text"]
        data = {"id": post["id"], "author": "[deleted]" if post.get("deleted") else post["author"], "created_utc": post["t"]}
        data |= {"edited": post.get("edited", False), "permalink": f"/r/nijmegen/comments/x/_/{post['id']}/"} | post.get("more", {})
        above = self.server.posts.get(("reddit", str(post["parent_id"])), {})
        data |= (
            {"body": text, "parent_id": f"t{1 if above.get('parent_id') else 3}_{post['parent_id']}"}
            if post["parent_id"]
            else {"selftext": text, "title": "A post"}
        )
        return {"kind": "t1" if post["parent_id"] else "t3", "data": data}

    # Mastodon

    def mastodon(self, path: str) -> Reply:
        if "bad" in self.headers.get("Authorization", ""):
            return 401, {"error": "The access token is invalid"}, {}
        if path in ("/api/v2/instance", "/api/v1/instance"):
            statuses = {"max_characters": 600, "characters_reserved_per_url": 23}
            return 200, {"domain": "fake.social", "version": "4.5.0", "configuration": {"statuses": statuses}}, {}
        if path.endswith("/verify_credentials"):
            return 200, {"id": MASTODON_ID, "username": "acme", "acct": "acme", "url": "https://fake.social/@acme"}, {}
        if path == "/api/v2/search":
            known = [self._status(post) for post in self.server.posts.values() if "away" in post and not post.get("deleted")]
            hits = [status for status in known if self.asked["q"] in (status["url"], status["uri"])]
            return 200, {"accounts": [], "hashtags": [], "statuses": hits}, {}
        if path.endswith("/statuses") and path.startswith("/api/v1/accounts/"):
            older = [one for one in self.server.ours("mastodon") if int(one["id"]) < int(self.asked.get("max_id", 10**30))]
            return 200, [self._status(post) for post in older[:40]], {}
        if self.command == "POST":
            key, parent = self.headers.get("Idempotency-Key", ""), self.given["in_reply_to_id"]
            if key in self.server.keys:
                return 200, self._status(self.server.posts["mastodon", self.server.keys[key]]), {}
            if self.server.live("mastodon", parent) is None:
                return 404, {"error": "Record not found"}, {}
            made = self.server.add("mastodon", parent, self.given["status"], visibility=self.given.get("visibility"))
            self.server.keys[key] = made["id"]
            return 200, self._status(made), {}
        number = path.split("/")[4]
        post = self.server.live("mastodon", number)
        if post is None:
            return 404, {"error": "Record not found"}, {}
        if path.endswith("/context"):
            return 200, {"ancestors": [], "descendants": [self._status(one) for one in self.server.below("mastodon", number)]}, {}
        return 200, {"id": number, "text": post["text"], "spoiler_text": ""} if path.endswith("/source") else self._status(post), {}

    def _status(self, post: Row) -> Row:
        content = re.sub(r"(@\w+)@[\w.]+", r"<span>\1</span>", html.escape(post["text"], quote=False))
        parent = post["parent_id"] if post["parent_id"] and self.server.live("mastodon", post["parent_id"]) else None
        edited = _iso(post["edited"]) if "edited" in post else None
        status = {"id": post["id"], "in_reply_to_id": parent, "visibility": post.get("visibility") or "public", "edited_at": edited}
        status |= {"content": "<p>" + content.replace("\n\n", "</p><p>").replace("\n", "<br />") + "</p>", "created_at": _iso(post["t"])}
        home = f"http://127.0.0.1:{self.server.server_address[1]}"
        status |= {"url": f"{home}/@{post['author']}/{post['id']}", "uri": f"{home}/users/{post['author']}/statuses/{post['id']}"}
        if "away" in post:
            status |= {"url": post["away"], "uri": post["away"].replace("/@", "/users/")}
        return status | {"account": {"id": MASTODON_ID if post.get("ours") else "7", "acct": post["author"]}, "spoiler_text": ""}

    # Bluesky

    def bluesky(self, path: str) -> Reply:
        method = path.rpartition(".")[2]
        if method in ("createSession", "refreshSession"):
            if method == "createSession" and "bad" in self.given["password"]:
                return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}, {}
            token = _token("com.atproto.access")
            return 200, {"did": DID, "handle": OURS["bluesky"], "accessJwt": token, "refreshJwt": token, "active": True}, {}
        if method == "getSession":
            return 200, {"did": DID, "handle": OURS["bluesky"], "active": True}, {}
        if method == "resolveHandle":
            known = self.asked["handle"] == "jo.test"
            return (
                (200, {"did": "did:plc:jo"}, {}) if known else (400, {"error": "InvalidRequest", "message": "Unable to resolve handle"}, {})
            )
        if method == "getPosts":
            found = [post for uri in self.all_asked["uris"] if (post := self.server.live("bluesky", uri))]
            views = [
                {"uri": self._uri(post), "cid": f"cid-{post['id']}", "record": self._record(post)} | post.get("more", {}) for post in found
            ]
            return 200, {"posts": views}, {}
        if method == "getPostThread":
            above = self.server.live("bluesky", self.asked["uri"])
            if above is None:
                return 400, {"error": "NotFound", "message": "Post not found"}, {}
            below = [{"post": {"author": {"handle": one["author"]}}} for one in self.server.below("bluesky", above["id"])]
            return 200, {"thread": {"post": {"uri": self._uri(above)}, "replies": [*below, {"blocked": True}]}}, {}
        if method == "listRecords":
            mine, start = self.server.ours("bluesky"), int(self.asked.get("cursor") or 0)
            page = [{"uri": self._uri(one), "cid": "c", "value": self._record(one)} for one in mine[start : start + 100]]
            return 200, {"records": page} | ({"cursor": str(start + 100)} if len(mine) > start + 100 else {}), {}
        if method == "getRecord":
            post = self.server.live("bluesky", self.asked["rkey"])
            missing = {"error": "RecordNotFound", "message": "Could not locate record"}
            return (200, {"uri": self._uri(post), "cid": "c", "value": self._record(post)}, {}) if post else (400, missing, {})
        record, key = self.given["record"], self.given["rkey"]
        if ("bluesky", key) in self.server.posts:
            return 400, {"error": "InvalidRequest", "message": f"Record already exists: {key}"}, {}
        made = self.server.add("bluesky", record["reply"]["parent"]["uri"].rpartition("/")[2], record["text"], id=key, record=record)
        return 200, {"uri": self._uri(made), "cid": "c", "commit": {"cid": "c", "rev": "r"}}, {}

    def _uri(self, post: Row) -> str:
        return f"at://{DID if post.get('ours') else 'did:plc:jo'}/app.bsky.feed.post/{post['id']}"

    def _record(self, post: Row) -> Row:
        record = {"$type": "app.bsky.feed.post", "text": post["text"], "createdAt": _iso(post["t"])}
        if post["parent_id"]:
            place = {"uri": f"at://did:plc:jo/app.bsky.feed.post/{post['parent_id']}", "cid": "c"}
            record["reply"] = {"root": post.get("root", place), "parent": place}
        return record


Play = Callable[[Handler, str], Reply]
ROUTES: tuple[tuple[str, str, Play], ...] = (
    ("/2/", "x", Handler.x),
    ("/xrpc/", "bluesky", Handler.bluesky),
    *(
        (start, "reddit", Handler.reddit)
        for start in ("/api/v1/access_token", "/api/v1/me", "/api/info", "/api/comment", "/user/", "/comments/")
    ),
    ("/api/", "mastodon", Handler.mastodon),
)


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _token(scope: str) -> str:
    def part(content: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    now = int(time.time())
    return f"{part({'alg': 'HS256', 'typ': 'at+jwt'})}.{part({'scope': scope, 'sub': DID, 'iat': now, 'exp': now + 7200})}.c2ln"


def main() -> None:
    """Play the networks, print where, and stop when whoever started us is gone."""
    server = Server(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
