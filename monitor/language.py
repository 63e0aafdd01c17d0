"""Says which language a text is in, also when it is none of ours; knows nothing of brands, sentiment or replies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import Language

ENOUGH_LETTERS = 12
"""Less than this says too little; in UTF-8 bytes, so that four Japanese characters are enough."""

SURE = 0.6
"""From this share of all probability on, the likeliest language is taken as found."""

NEIGHBOURS = ("nl", "en", "de", "fr", "es", "it", "pt", "da", "sv", "pl", "tr", "id")
"""Languages that are told apart even where nobody configured them: what else people write at our brands in Latin letters.

A detector that only knew Dutch and English would call all of these one or the other. Afrikaans is left out on purpose, for one
short Dutch sentence in sixty would be taken for it; it is called Dutch.
"""

TELLING_WORDS = MappingProxyType(
    {
        "nl": "het niet ik jij jullie jouw ze zij wij mijn haar hun naar voor maar nog geen deze dat wat waar waarom wanneer hoe "
        "omdat dus toch bij uit heb hebben heeft worden wordt werd kunnen moet moeten zou zal gaat gaan weer altijd nooit iets "
        "niets iemand ons onze ook wel een zijn krijg kreeg jammer bedankt alweer",
        "en": "the and you your i'm i've it's don't can't didn't won't doesn't isn't for with this they she his their what when "
        "where why who which would could should have been our from but about because just there were are did if out how any "
        "very every never it my",
        "de": "der und ist nicht ich ihr sie eine einen einem einer mit auf für von zu zum zur dem auch aber nur sich sind wurde "
        "hatte habe muss wenn weil dass daß nach aus über unter schon immer mein meine kein keine heute wieder gibt",
        "fr": "les une et elle nous vous ils ses quoi dans pour avec sur où aussi très c'est j'ai n'est qu'il d'un d'une l'a suis "
        "sont été avoir fait cette ces aux quand comme tout tous rien même leur chez",
        "es": "el los las pero muy sus ella nosotros estás están estoy fue hay también cuando donde hoy esto eso qué quien más y",
        "it": "gli che di più molto mio suo noi voi sono siamo hanno ho della delle dei degli nella alla anche perché dove tutto "
        "niente oggi questo quello c'è è",
        "pt": "uma não em muito meu minha seu ele você vocês são foi ao isso pra tá tudo onde",
        "da": "jeg ikke og af hvad hvorfor hvordan mig jer når fordi også meget efter være blev kunne skal",
        "sv": "jag inte och är att ni när varför också mycket från vara skulle bara något",
        "pl": "nie się że jest jak ale czy już dla przez bardzo tylko jestem może dlaczego kiedy gdzie wszystko",
        "tr": "ve bir için çok değil ama gibi daha yok neden nasıl şimdi kadar hiç bana şey bugün",
        "id": "yang tidak ini itu saya kamu untuk dengan sudah bisa dari juga kalau kenapa banget gak nggak",
    }
)
"""Everyday words that tell these languages apart; hardly any is an everyday word in another of them.

Two of one language and none of another settle it without asking the n-gram models, which is faster and no less right.
"""

_LANGUAGE_OF = {word: code for code, row in TELLING_WORDS.items() for word in row.split()}
_WORD_WEIGHT = 3.0  # How many times likelier a telling word makes its language.
_READ = 4_000  # Characters of a text that are looked at.
_ASKED = 140  # Characters given to the n-gram models; more cost time and change hardly any answer.
_WORDS = re.compile(r"https?://\S+|www\.\S+|[@#]\w+|([^\W\d_]+(?:'[^\W\d_]+)*+)")
_ALIASES = {"no": "nb"}  # The library knows Norwegian by its two written forms only.


class Detector:
    """Detects languages among the configured ones and their neighbours; builds its models once, in 25 MB of memory and 0.1 s."""

    def __init__(self, languages: Sequence[str]) -> None:
        # Imported here, because most commands do without it.
        from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415

        self.languages = tuple(languages)
        configured = {_ALIASES.get(code, code): code for code in languages}
        wanted = {*configured, *NEIGHBOURS}
        self._codes: dict[Language, str] = {}
        for language in Language.all():
            code = language.iso_code_639_1.name.lower()
            if code in wanted:
                self._codes[language] = configured.get(code, code)
        self._beyond = frozenset(languages) - frozenset(self._codes.values())
        # A further language in Latin letters may share the words that tell the others apart, as Norwegian does with Danish.
        further = (Language.all_with_latin_script() & self._codes.keys()) - {
            language for language, code in self._codes.items() if code in NEIGHBOURS
        }
        self._telling = {} if further else _LANGUAGE_OF
        # Low accuracy is trigrams alone: 25 MB instead of 230 and three times the speed; the telling words make up for it.
        builder = LanguageDetectorBuilder.from_languages(*self._codes).with_low_accuracy_mode()
        self._models = builder.with_preloaded_language_models().build()

    def detect(self, text: str, hint: str = "") -> str:
        """Return the ISO 639-1 code of the language of `text`, or "" where nobody can tell.

        The code may be one that is not configured: German is "de" also for a brand that knows Dutch and English only. `hint` is
        what the source says ("nl", "nl-NL"); it decides where the text says too little, and only if it is configured.
        """
        words = [word for word in _WORDS.findall(text[:_READ].lower().replace("’", "'")) if word]
        votes: dict[str, int] = {}
        for word in self._telling.keys() & words:
            code = self._telling[word]
            votes[code] = votes.get(code, 0) + 1
        if len(votes) == 1 and next(iter(votes.values())) > 1:
            return next(iter(votes))
        asked = " ".join(words)[:_ASKED]
        if len(asked.encode()) < ENOUGH_LETTERS:
            return self._fall_back(hint)
        return self._ask(asked, votes, hint)

    def detect_many(self, texts: Iterable[tuple[str, str]]) -> list[str]:
        """Return the language of each `(text, hint)`, in order."""
        return [self.detect(text, hint) for text, hint in texts]

    def _ask(self, asked: str, votes: dict[str, int], hint: str) -> str:
        """Weigh what the n-gram models say with the telling words."""
        weights = {}
        for confidence in self._models.compute_language_confidence_values(asked):
            code = self._codes[confidence.language]
            weights[code] = confidence.value * _WORD_WEIGHT ** votes.get(code, 0)
        whole = sum(weights.values())
        if not whole:
            # A script that none of these languages is written in: that is an answer too, and no hint changes it.
            return ""
        hinted = _plain(hint)
        if hinted in self._beyond:
            return hinted
        best = max(weights, key=lambda code: weights[code])
        return best if weights[best] >= SURE * whole else self._fall_back(hint)

    def _fall_back(self, hint: str) -> str:
        """Believe the source, or assume the only language there is."""
        hinted = _plain(hint)
        if hinted in self.languages:
            return hinted
        return self.languages[0] if len(self.languages) == 1 and not hinted else ""


def _plain(hint: str) -> str:
    """Return the language of a tag such as "nl-NL"; codes that say "undetermined" say nothing."""
    code = hint.strip().lower().replace("_", "-").partition("-")[0]
    return "" if code in ("und", "mul", "zxx") else code
