"""The dead man's switch: tells an address each minute that pages would go out, so that somebody is told when they would not."""

from __future__ import annotations

import logging

import httpx

NAME = "HEARTBEAT_URL"
"""The environment variable with the address; it holds a token, and stands in no file of the configuration."""
SECONDS = 5.0
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

logger = logging.getLogger(__name__)


def beat(url: str) -> bool:
    """Call the address once; False, and a line in the log without the address, where nobody took it."""
    try:
        where = httpx.URL(url)
        if where.scheme != "https" and where.host not in LOOPBACK:
            logger.warning("%s must begin with https://; nobody is told that we live", NAME)
            return False
        status = httpx.get(where, timeout=SECONDS, follow_redirects=False, trust_env=False).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        logger.warning("%s does not answer (%s)", NAME, type(error).__name__)
        return False
    if status >= 300:
        logger.warning("%s answered %d", NAME, status)
    return status < 300
