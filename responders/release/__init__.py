"""Our own statement to everybody, the social media release: read from a file, held against the rules, and turned into pages and texts."""

from responders.release.feeds import atom_feed, plain_text, share_texts
from responders.release.judging import judge
from responders.release.page import page
from responders.release.reading import read_release
from responders.release.statement import Contact, Picture, Quote, Release, Said, from_text, to_facts, to_text

__all__ = [
    "Contact",
    "Picture",
    "Quote",
    "Release",
    "Said",
    "atom_feed",
    "from_text",
    "judge",
    "page",
    "plain_text",
    "read_release",
    "share_texts",
    "to_facts",
    "to_text",
]
