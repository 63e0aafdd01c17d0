"""What a session of Bluesky is, as its client library writes one down: for the source and the poster, which each keep one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from atproto_client import Client
from atproto_client.client.session import Session as Given
from atproto_client.client.session import SessionEvent

from monitor.signins import Session
from monitor.sources.answers import check_keeps_secrets

FAR = 2**33
"""A token that says it ends after this second ends here."""


def a_session(text: str, now: datetime) -> Session:
    """Return a session with the time at which it ends, which its token tells."""
    ends = Given.decode(text).access_jwt_payload.exp or 0
    return Session(text, now, datetime.fromtimestamp(min(ends, FAR), UTC))


def is_sound(text: str) -> bool:
    """Say whether what was kept is a session, of a server to which a secret may go."""
    try:
        given = Given.decode(text)
        check_keeps_secrets("bluesky", given.pds_endpoint or "")
        return given.did.startswith("did:") and bool(given.access_jwt_payload.exp and given.refresh_jwt)
    except Exception:  # noqa: BLE001 - what the library makes of something that is no session is beyond counting.
        return False


def did_of(text: str) -> str:
    """Return whose session it is."""
    return str(Given.decode(text).did)


def renewed(client: Client, text: str) -> str:
    """Return the session that the server gives for an old one, which soon is worth nothing; raises what the client raises.

    https://docs.bsky.app/docs/api/com-atproto-server-refresh-session
    """
    client.login(session_string=text, fetch_bsky_profile=False)
    old = Given.decode(text)
    headers = {"Authorization": f"Bearer {old.refresh_jwt}"}
    new = client.com.atproto.server.refresh_session(headers=headers, ignore_session_check=True)
    return str(Given(new.handle, new.did, new.access_jwt, new.refresh_jwt, old.pds_endpoint).encode())


def tell_of_renewals(client: Client, tell: Callable[[str], None]) -> None:
    """Let `tell` hear of each session that the library renews by itself, as it does where one ends within a quarter of an hour."""

    def hear(event: SessionEvent, given: Given) -> None:
        if event is SessionEvent.REFRESH:
            tell(given.encode())

    client.on_session_change(hear)
