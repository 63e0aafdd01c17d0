"""Turns a release into an entry of a feed, into plain text, and into texts that fit each network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from monitor.domain import Brand
from monitor.text import clip
from responders.limits import LIMITS, fits
from responders.release.page import WORDS, describe, spell_day
from responders.release.statement import Release

NETWORKS = tuple(sorted(name for name, limit in LIMITS.items() if limit.characters is not None))
"""Those whose limit is known."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom_feed(releases: Sequence[Release], brand: Brand, language: str) -> str:
    """Return an Atom feed of releases in one language, the newest first (RFC 4287)."""
    ordered = sorted((one for one in releases if language in one.languages), key=lambda one: (one.day, one.id), reverse=True)
    newest = ordered[0]
    head = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_xml(language)}">
<title>{_xml(brand.name)}</title>
<id>{_xml(newest.url[language].rsplit("/", 1)[0])}/</id>
<updated>{newest.day.isoformat()}T00:00:00Z</updated>
<author><name>{_xml(brand.name)}</name></author>
"""
    return head + "".join(_entry(one, language) for one in ordered) + "</feed>\n"


def _entry(release: Release, language: str) -> str:
    url, when = _xml(release.url[language]), f"{release.day.isoformat()}T00:00:00Z"
    return f"""<entry>
<title>{_xml(release.headline[language])}</title>
<id>{url}</id>
<link rel="alternate" type="text/html" href="{url}"/>
<published>{when}</published>
<updated>{when}</updated>
<summary>{_xml(describe(release, language))}</summary>
</entry>
"""


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def plain_text(release: Release, brand: Brand, language: str) -> str:
    """Return the release as plain text, for mail and for who cannot read a page."""
    words = WORDS.get(language, WORDS["en"])
    parts = [
        f"{release.headline[language]}\n{words['by']} {brand.name}, {spell_day(release, language)}",
        release.happened[language].strip(),
        "\n".join([words["facts"], *(f"- {said.text[language]} ({words['source']}: {said.source})" for said in release.facts)]),
        f"{words['next']}\n{release.next[language].strip()}",
        *(f"“{quote.text[language].strip()}”\n{quote.name}, {quote.role[language]}" for quote in release.quotes),
        f"{words['contact']} {', '.join(part for part in (release.contact.name, release.contact.email, release.contact.phone) if part)}",
        release.url[language],
    ]
    return "\n\n".join(parts) + "\n"


def share_texts(release: Release, brand: Brand, language: str) -> Mapping[str, str]:
    """Return a text for each network at its length: who speaks, the headline, as much of what happened as fits, and the page's address."""
    return {network: _share(release, brand, language, network) for network in NETWORKS}


def _share(release: Release, brand: Brand, language: str, network: str) -> str:
    url = release.url[language]
    sentences = [one.strip() for one in re.split(r"(?<=[.!?])\s+", describe(release, language)) if one.strip()]

    def whole(opening: str, count: int) -> str:
        more = " ".join(sentences[:count])
        return f"{opening}\n\n{more}\n\n{url}" if more else f"{opening}\n\n{url}"

    def fit(text: str) -> bool:
        counted, most = fits(network, text)
        return most is None or counted <= most

    opening = f"{brand.name}: {release.headline[language]}"
    for count in range(min(len(sentences), 4), -1, -1):
        if fit(text := whole(opening, count)):
            return text
    for length in range(len(opening), 0, -4):
        if fit(text := whole(clip(opening, length), 0)):
            return text
    return ""
