"""Holds the wordings of regret that several families of rules look for. No rule lives here."""

from __future__ import annotations

APOLOGY = r"""
    \b(?: sorry | apolog(?:y|ies|ise|ised|ising|ises|ize|ized|izing|izes|etic) | regret(?:s|ted|ting|table)? | excuus | excuses |
        verontschuldig\w* | spijt | spijten | spijtig | betreur(?:en|t|de|den)? | excuseren )\b
"""
SYMPATHY = r"""
    \b(?: unfortunate(?:ly)? | regrettabl[ey] | (?:a\ )?(?:shame|pity) | sad(?:dened)? | (?:hate|hates)\ (?:that|to) | (?:feel|
        feels)\ (?:bad|terrible|awful) | disappoint(?:ed|ing)\ to | upset\ to | disheartening | too\ bad |
    jammer | vervelend | vervelende | naar | nare | rot | balen | erg | helaas | onprettig | ongelukkig | teleurstellend | triest |
        lullig | betreurenswaardig | sneu )\b
"""
REGRET = rf"(?:{APOLOGY}|{SYMPATHY})"
