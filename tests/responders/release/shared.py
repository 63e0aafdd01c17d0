"""A release as a file, sound as it stands."""

from __future__ import annotations

import base64
from pathlib import Path

DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""A PNG of one point."""

FILE = '''id = "slotstoring"
brand = "waalfiets"
languages = ["nl", "en"]
day = 2026-03-02
topics = ["lock", "slot", "locks", "sloten"]
responsible = true

[url]
nl = "https://waalfiets.example/nieuws/slotstoring"
en = "https://waalfiets.example/en/news/locks"

[headline]
nl = "Sloten gingen vanochtend anderhalf uur niet open; dat was onze fout"
en = "Locks did not open for an hour and a half this morning; that was our mistake"

[happened]
nl = """
Vanochtend gingen de sloten van Waalfiets tussen 07:10 en 08:40 niet open. Dat was onze fout, en het spijt ons.

De slotserver viel uit na een update van ons."""
en = """
This morning the locks of Waalfiets did not open between 07:10 and 08:40. That was our mistake, and we are sorry.

The lock server failed after an update of ours."""

[next]
nl = "Iedereen die vanochtend een rit begon, krijgt het bedrag van die rit vóór 6 maart terug."
en = "Everybody who began a ride this morning gets the price of that ride back before 6 March."

[[fact]]
id = "uitval"
text.nl = "Tussen 07:10 en 08:40 gingen de sloten niet open, omdat onze slotserver na een update uitviel."
text.en = "Between 07:10 and 08:40 the locks did not open, because our lock server failed after an update."
source = "https://waalfiets.example/status"

[[fact]]
id = "terug"
text.nl = "Wie vanochtend een rit had, krijgt het bedrag vóór 6 maart terug."
text.en = "Who had a ride this morning gets the price back before 6 March."
source = "Joris van Beek, hoofd techniek"

[[quote]]
name = "Els Kamps"
role.nl = "directeur van Waalfiets"
role.en = "director of Waalfiets"
text.nl = "Mensen stonden in de regen bij een fiets die niet openging."
text.en = "People stood in the rain beside a bike that did not open."

[[picture]]
file = "fiets.png"
alt.nl = "Een blauwe fiets met een geel slot."
alt.en = "A blue bicycle with a yellow lock."
credit = "Waalfiets"

[contact]
name = "Els Kamps"
email = "pers@waalfiets.example"
phone = "+31 24 123 45 67"
'''


def write_release(folder: Path, *changes: tuple[str, str], picture: bytes = DOT) -> Path:
    """Write the release with changes, each of which must find its words, and return its path."""
    text = FILE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fiets.png").write_bytes(picture)
    path = folder / "release.toml"
    path.write_text(text, encoding="utf-8")
    return path
