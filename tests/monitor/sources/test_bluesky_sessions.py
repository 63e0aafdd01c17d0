"""Bluesky is signed in to once: a session is kept, renewed and never told, and a password goes to our own server alone."""

from __future__ import annotations

import json
import logging
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.contracts import Rejected, Unavailable
from monitor.settings import SourceSettings
from monitor.sources.bluesky import BlueskySource, make_client
from monitor.sources.web import Reader
from tests.builders import NOW
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, read_round
from tests.monitor.sources.test_bluesky import SECRETS, US, Server, a_post, a_source, a_token
from tests.responders.posters.settings import settings_with


def a_timed_source(site: WebSite, *moments: datetime) -> BlueskySource:
    shown = list(moments)
    reader = Reader("ours", now=lambda: NOW, allow_private=("127.0.0.1",))
    return BlueskySource(
        "ours", make_client(site.url(), reader), ("we", "hidden"), now=lambda: shown.pop(0) if len(shown) > 1 else shown[0]
    )


def sessions(server: Server) -> list[str]:
    """Return how it was asked for sessions, in order."""
    return [name for name in server.names() if name.endswith("Session")]


def test_an_old_session_is_renewed(site: WebSite) -> None:
    site.everywhere = server = Server([])
    source = a_timed_source(site, *[NOW] * 4, NOW + timedelta(minutes=61))
    read_round(source)
    read_round(source)

    assert ["createSession", "refreshSession"] == sessions(server)
    assert f"Bearer {a_token(1)}" == site.requests[3].headers["authorization"]
    assert f"Bearer {a_token(2)}" == site.requests[-1].headers["authorization"]


def a_kept_source(site: WebSite, folder: Path) -> Any:
    """Return a source as a process has it that has just started, and keeps its database in a folder."""
    described = SourceSettings("ours", "bluesky", (), timedelta(minutes=5), {"api_url": site.url(), "allow_private": ("127.0.0.1",)})
    settings = replace(settings_with(SECRETS, (described,)), database_url=f"sqlite:///{folder / 'grapevine.db'}", brands=(BRAND,))
    return BlueskySource.from_settings(described, settings)


def test_a_restart_signs_in_nowhere_anew_and_no_log_tells_the_session(
    site: WebSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site.everywhere = server = Server([a_post()])
    for _ in range(3):
        assert 1 == len(read_round(a_kept_source(site, tmp_path))[0])

    (kept,) = tmp_path.iterdir()
    assert ["createSession"] == sessions(server)
    assert (True, 0o600) == (kept.name.startswith("bluesky-read-"), stat.S_IMODE(kept.stat().st_mode))
    assert a_token() in kept.read_text("ascii")
    assert not [secret for secret in (a_token(), "hidden-password") if secret in caplog.text]


@pytest.mark.parametrize("session", ["", "x", "we:::did:plc:we:::a:::b:::https://a.example", "OPEN"])
def test_what_is_no_session_is_not_used(site: WebSite, tmp_path: Path, session: str) -> None:
    site.everywhere = server = Server([a_post()])
    read_round(a_kept_source(site, tmp_path))
    (kept,) = tmp_path.iterdir()
    # A token that goes to another server over an open line.
    text = session.replace("OPEN", f"we:::{US}:::{a_token()}:::{a_token()}:::http://elsewhere.example")
    kept.write_text(json.dumps(json.loads(kept.read_text("ascii")) | {"session": text}), "ascii")
    read_round(a_kept_source(site, tmp_path))

    assert ["createSession", "createSession"] == sessions(server)


def test_a_session_that_the_library_renews_by_itself_is_kept(site: WebSite, tmp_path: Path) -> None:
    soon = int(datetime.now(UTC).timestamp()) + 600
    site.everywhere = server = Server([], ends=soon)
    source = a_kept_source(site, tmp_path)
    source.fetch(BRAND, "")
    (kept,) = tmp_path.iterdir()

    assert ["createSession", "refreshSession"] == sessions(server)
    assert a_token(2, soon) in kept.read_text("ascii")


def test_a_session_that_is_refused_is_renewed_the_next_time_and_else_signed_in_for(site: WebSite) -> None:
    site.everywhere = server = Server([a_post()])
    source = a_source(site)
    read_round(source)
    site.everywhere = web.answer_json({"error": "ExpiredToken", "message": "Token has expired"}, 400)

    with pytest.raises(Unavailable, match=r"^ours: our session is not accepted any more"):
        source.fetch(BRAND, "")
    site.everywhere = server
    read_round(source)

    assert ["createSession", "refreshSession"] == sessions(server)
    site.everywhere = web.answer_json({"error": "ExpiredToken"}, 400)
    with pytest.raises(Unavailable):
        source.fetch(BRAND, "")
    site.everywhere = server
    site.pages["/xrpc/com.atproto.server.refreshSession"] = web.answer_json({"error": "ExpiredToken"}, 400)
    read_round(source)

    assert ["createSession", "refreshSession", "createSession"] == sessions(server)


def test_a_wrong_password_is_told_without_it(site: WebSite) -> None:
    site.everywhere = web.answer_json({"error": "AuthenticationRequired", "message": "Invalid identifier or password"}, 401)

    with pytest.raises(Rejected, match=r"^ours: .*check BLUESKY_HANDLE and BLUESKY_APP_PASSWORD") as caught:
        a_source(site).fetch(BRAND, "")

    assert "hidden" not in str(caught.value)


def test_without_a_login_it_is_not_built() -> None:
    with pytest.raises(Rejected, match=r"^ours: BLUESKY_HANDLE and BLUESKY_APP_PASSWORD are needed"):
        build("bluesky", {"BLUESKY_HANDLE": "x"})


def test_a_login_goes_over_no_open_line_and_is_sent_nowhere_else(site: WebSite) -> None:
    site.everywhere = web.redirect("http://127.0.0.1:9/else", 307)

    with pytest.raises(Rejected, match=r"^ours: .*would go over an open line"):
        build("bluesky", SECRETS, api_url="http://bsky.example")
    with pytest.raises(Rejected, match=r"^ours: .* sends us elsewhere"):
        a_source(site).fetch(BRAND, "")
