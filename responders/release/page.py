"""Turns a release into one page that stands by itself: no script, nothing loaded from elsewhere, every word escaped.

What machines read of it stands in the page's own marks (microdata of schema.org's NewsArticle, Open Graph): JSON-LD would be a script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from monitor.domain import Brand
from responders.release.statement import Release

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "draft": "Concept: nog niet door twee mensen goedgekeurd. Niet verspreiden.",
        "by": "Bericht van",
        "facts": "Wat we weten",
        "source": "Bron",
        "next": "Wat we nu doen",
        "quotes": "In eigen woorden",
        "contact": "Vragen?",
        "also": "Ook in het",
        "nl": "Nederlands",
        "en": "Engels",
    },
    "en": {
        "draft": "Draft: not yet approved by two people. Do not pass it on.",
        "by": "A message from",
        "facts": "What we know",
        "source": "Source",
        "next": "What we do next",
        "quotes": "In their own words",
        "contact": "Questions?",
        "also": "Also in",
        "nl": "Dutch",
        "en": "English",
    },
}
MONTHS: Mapping[str, tuple[str, ...]] = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}

STYLE = """
:root { color-scheme: light dark; --ink: #1b2126; --soft: #566069; --line: #d9dee2; --paper: #fff; --tint: #f4f6f7; --link: #0b5a8a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecef; --soft: #a5afb7; --line: #39424a; --paper: #14181b; --tint: #1e2429; --link: #7fc0ea; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 43rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
a { color: var(--link); }
h1 { font-size: clamp(1.65rem, 1.2rem + 2vw, 2.4rem); line-height: 1.18; letter-spacing: -.012em; margin: .4rem 0 1rem; text-wrap: pretty; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.4rem 0 .6rem; }
p { margin: 0 0 1rem; }
.by, .also, figcaption, .source, .role { color: var(--soft); font-size: .925rem; }
.by { margin: 0; }
.draft { background: #8a2b0b; color: #fff; padding: .7rem 1rem; border-radius: .4rem; font-weight: 600; }
.lead { font-size: 1.16rem; }
figure { margin: 1.75rem 0; }
img { display: block; max-width: 100%; height: auto; border-radius: .4rem; margin: 0 auto; }
figcaption { margin-top: .5rem; }
ul.facts { list-style: none; margin: 0; padding: 0; }
ul.facts li { border-top: 1px solid var(--line); padding: .7rem 0; }
ul.facts li:last-child { border-bottom: 1px solid var(--line); }
.source { display: block; }
cite { font-style: normal; }
blockquote { margin: 1.25rem 0; padding: .2rem 0 .2rem 1.1rem; border-left: .25rem solid var(--link); }
blockquote p { margin: 0 0 .4rem; }
footer { margin-top: 2.5rem; padding: 1.1rem 1.25rem; background: var(--tint); border-radius: .5rem; }
footer h2 { margin: 0 0 .3rem; }
footer p { margin: 0; overflow-wrap: anywhere; }
.also { margin-top: 1.5rem; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --line: #999; --paper: #fff; --tint: #fff; --link: #000; }
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  .also { display: none; }
  figure, blockquote, li, footer { break-inside: avoid; }
  h1, h2 { break-after: avoid; }
  footer { border: 1px solid var(--line); }
}
"""


def page(release: Release, brand: Brand, language: str, *, approved: bool) -> str:
    """Return the page of one language; one that is not approved says so at its top and keeps out of search engines."""
    words = WORDS.get(language, WORDS["en"])
    head = "\n".join(_head(release, brand, language, approved=approved))
    body = "\n".join(_body(release, brand, language, words, approved=approved))
    return f"""<!doctype html>
<html lang="{escape(language)}">
<head>
{head}
<style>{STYLE}</style>
</head>
<body>
<main itemscope itemtype="https://schema.org/NewsArticle">
{body}
</main>
</body>
</html>
"""


def spell_day(release: Release, language: str) -> str:
    """Return the day of a release as people write it."""
    months = MONTHS.get(language, MONTHS["en"])
    return f"{release.day.day} {months[release.day.month - 1]} {release.day.year}"


def describe(release: Release, language: str) -> str:
    """Return the first paragraph of what happened, on one line."""
    return " ".join(release.happened[language].strip().split("\n\n")[0].split())


def _head(release: Release, brand: Brand, language: str, *, approved: bool) -> Iterator[str]:
    title, url, about = (escape(text) for text in (release.headline[language], release.url[language], describe(release, language)[:300]))
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">"""
    yield f"<title>{title} – {escape(brand.name)}</title>"
    yield f'<meta name="description" content="{about}">'
    if not approved:
        yield '<meta name="robots" content="noindex">'
    yield f'<link rel="canonical" href="{url}">'
    for other in release.languages:
        yield f'<link rel="alternate" hreflang="{escape(other)}" href="{escape(release.url[other])}">'
    properties = {
        "og:type": "article",
        "og:title": title,
        "og:description": about,
        "og:url": url,
        "og:site_name": escape(brand.name),
        "og:locale": {"nl": "nl_NL", "en": "en_GB"}.get(language, escape(language)),
        "article:published_time": release.day.isoformat(),
    }
    for name, value in properties.items():
        yield f'<meta property="{name}" content="{value}">'


def _body(release: Release, brand: Brand, language: str, words: Mapping[str, str], *, approved: bool) -> Iterator[str]:
    if not approved:
        yield f'<p class="draft" role="note">{escape(words["draft"])}</p>'
    sender = f'<span itemprop="author publisher" itemscope itemtype="https://schema.org/Organization">{_name(brand)}</span>'
    day = f'<time itemprop="datePublished" datetime="{release.day.isoformat()}">{escape(spell_day(release, language))}</time>'
    yield "<header>"
    yield f'<p class="by">{escape(words["by"])} {sender} · {day}</p>'
    yield f'<h1 itemprop="headline">{escape(release.headline[language])}</h1>'
    yield "</header>"
    yield f'<link itemprop="mainEntityOfPage" href="{escape(release.url[language])}">'
    yield f'<meta itemprop="inLanguage" content="{escape(language)}">'
    yield '<div itemprop="articleBody">'
    yield from _paragraphs(release.happened[language], first="lead")
    for picture in release.pictures[:1]:
        yield from _figure(picture.kind, picture.base64, picture.alt[language], picture.credit)
    yield f"<section>\n<h2>{escape(words['facts'])}</h2>"
    yield '<ul class="facts">'
    for said in release.facts:
        yield f'<li>{escape(said.text[language])} <span class="source">{escape(words["source"])}: {_source(said.source)}</span></li>'
    yield "</ul>\n</section>"
    yield f"<section>\n<h2>{escape(words['next'])}</h2>"
    yield from _paragraphs(release.next[language])
    yield "</section>"
    if release.quotes:
        yield f"<section>\n<h2>{escape(words['quotes'])}</h2>"
        for quote in release.quotes:
            yield "<blockquote>"
            yield from _paragraphs(quote.text[language])
            yield f'<cite class="role">{escape(quote.name)}, {escape(quote.role[language])}</cite>'
            yield "</blockquote>"
        yield "</section>"
    for picture in release.pictures[1:]:
        yield from _figure(picture.kind, picture.base64, picture.alt[language], picture.credit)
    yield "</div>"
    yield from _contact(release, words)
    others = [other for other in release.languages if other != language]
    if others:
        links = ", ".join(
            f'<a href="{escape(release.url[other])}" hreflang="{escape(other)}">{escape(words.get(other, other))}</a>' for other in others
        )
        yield f'<p class="also">{escape(words["also"])} {links}</p>'


def _name(brand: Brand) -> str:
    return f'<span itemprop="name">{escape(brand.name)}</span>'


def _paragraphs(text: str, first: str = "") -> Iterator[str]:
    for number, part in enumerate(part for part in text.strip().split("\n\n") if part.strip()):
        lines = "<br>\n".join(escape(line.strip()) for line in part.strip().splitlines())
        yield f'<p class="{first}">{lines}</p>' if first and not number else f"<p>{lines}</p>"


def _figure(kind: str, base64: str, alt: str, credit: str) -> Iterator[str]:
    yield "<figure>"
    yield f'<img itemprop="image" src="data:{escape(kind)};base64,{escape(base64)}" alt="{escape(alt)}">'
    if credit:
        yield f"<figcaption>{escape(credit)}</figcaption>"
    yield "</figure>"


def _source(source: str) -> str:
    if source.startswith(("https://", "http://")):
        shown = source.removeprefix("https://").removeprefix("http://").rstrip("/")
        return f'<a href="{escape(source)}" rel="noopener">{escape(shown)}</a>'
    return escape(source)


def _contact(release: Release, words: Mapping[str, str]) -> Iterator[str]:
    contact = release.contact
    ways = [escape(contact.name)]
    if contact.email:
        ways.append(f'<a href="mailto:{escape(contact.email)}">{escape(contact.email)}</a>')
    if contact.phone:
        number = "".join(sign for sign in contact.phone if sign.isdigit() or sign == "+")
        ways.append(f'<a href="tel:{escape(number)}">{escape(contact.phone)}</a>')
    yield f"<footer>\n<h2>{escape(words['contact'])}</h2>\n{''.join(f'<p>{way}</p>' for way in ways)}\n</footer>"
