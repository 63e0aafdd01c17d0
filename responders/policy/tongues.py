"""Tells the language of a short text by its little words, and how it addresses people. No rule lives here."""

from __future__ import annotations

import re
from functools import lru_cache

from responders.policy.reading import Reading, listed

_LITTLE_WORDS: dict[str, frozenset[str]] = {
    language: listed(words)
    for language, words in {
        "nl": "de het een en van ik je jij u uw we wij ons onze niet geen dat dit die deze is zijn was waren heb "
        "hebben hebt heeft met voor op aan bij naar uit om ook als maar nog wel hier daar wat waar "
        "hoe waarom wie er te hoi wordt worden werd kunt kunnen kan zou zal moet moeten dan door jullie jouw "
        "mij me hem haar in had onder over weer al nu hoor graag dank sorry heel zo of tot gaat komt krijg krijgt "
        "beste geachte",
        "en": "the a an and of i you your we our us not no that this those these is are was were have has had with "
        "for on at by to from in it its my me he she they them their if but so as be been do does did will "
        "would can could should "
        "what where how why who there here when please thanks thank hello hi yet about out up any which because",
        "de": "der die das ein eine einen einem und ich du sie wir uns unser unsere nicht kein keine ist sind war "
        "waren habe haben hat mit fur auf an bei nach aus um auch als aber noch hier was wo wie warum wer es "
        "zu wird werden wurde kann konnen "
        "ihr ihre ihnen ihren dir dich dein deine den dem des von im am zum zur dass bitte danke sehr wenn "
        "oder mir mich gibt uber euch hallo leider",
        "fr": "le la les un une des et je tu vous votre vos nous notre nos ne pas est sont etait avec pour sur "
        "chez dans ou que qui quoi comment pourquoi ce cette ces il elle on mon ma mes ton ta tes te toi du "
        "au aux par plus mais encore ici merci "
        "bonjour avons avez ont j'ai c'est n'est d'un d'une desoles desole etes suis se sa son ses leur",
        "es": (
            "el la los las un una y yo tu usted nosotros no es son era con para en de que quien como porque este "
            "esta estos mi su sus se lo le pero por al del muy gracias hola ha han hemos nuestro nuestra"
        ),
        "it": (
            "il lo la gli le un una e io tu noi non sono era con per su di da che chi come perche questo questa "
            "mio suo si ma anche del della dei nel alla grazie ciao abbiamo nostro nostra ha"
        ),
        "pt": (
            "o a os as um uma e eu voce nos nao sao era com para em de que quem como porque este esta meu seu se "
            "mas por ao do da dos obrigado ola temos nosso nossa foi"
        ),
        "pl": "i w na nie to jest sie z do ze jak co za po przez czy ale juz tak dla od my wy ja nam panstwo prosze dziekuje",
        "tr": "ve bir bu da de icin ile cok ne ama degil biz siz ben sen var yok gibi daha mi",
    }.items()
}

NAMES = {
    "nl": ("Nederlands", "Dutch"),
    "en": ("Engels", "English"),
    "de": ("Duits", "German"),
    "fr": ("Frans", "French"),
    "es": ("Spaans", "Spanish"),
    "it": ("Italiaans", "Italian"),
    "pt": ("Portugees", "Portuguese"),
    "pl": ("Pools", "Polish"),
    "tr": ("Turks", "Turkish"),
}


_SPOKEN_IN = {
    word: tuple(language for language, little in _LITTLE_WORDS.items() if word in little)
    for word in frozenset().union(*_LITTLE_WORDS.values())
}
"""By little word, the languages that have it: most words of a text are none, and cost one look."""


def _score(words: list[str]) -> list[tuple[int, str]]:
    counts = dict.fromkeys(_LITTLE_WORDS, 0)
    for word in words:
        for language in _SPOKEN_IN.get(word, ()):
            counts[language] += 1
    return sorted(((count, language) for language, count in counts.items()), reverse=True)


def detect_words(words: list[str]) -> str:
    """Return the language of folded words, or "" where too little tells."""
    scores = _score(words[:400])
    (best, language), (second, _) = scores[0], scores[1]
    if best >= 3 and best * 2 >= 3 * second:
        return language
    return ""


def detect(reading: Reading) -> str:
    """Return the ISO 639-1 code of the text's language by its little words, or "" where too little tells."""
    return detect_words([word.text for word in reading.words[:400]])


def foreign_sentence(reading: Reading, language: str) -> tuple[int, int, str] | None:
    """Return the place and language of a whole sentence that is in another language than the rest."""
    ours = _LITTLE_WORDS.get(language)
    if ours is None:
        return None
    for sentence in reading.sentences:
        words = [word.text for word in reading.words_in(sentence.start, sentence.end)]
        if len(words) < 6:
            continue
        own = sum([word in ours for word in words])
        if own * 3 > len(words):
            continue  # No other language can have three times as many.
        (best, other), *_ = _score(words)
        if other != language and best >= 4 and own * 3 <= best and not reading.is_quoted(sentence.start, sentence.end):
            return sentence.start, sentence.end, other
    return None


@lru_cache(maxsize=16)
def _address(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Return the patterns of familiar and formal address; they run on cased text."""
    if language == "nl":
        familiar = r"\b(?:[Jj]e|[Jj]ij|[Jj]ou|[Jj]ouw|[Jj]ullie|[Jj]ezelf|[Jj]ouzelf|[Jj]ouwe|[Dd]ankjewel)\b"
        formal = r"(?<![\w./@])(?:[Uu]|[Uu]w|[Uu]zelf|[Dd]anku)(?![.]\w|[/'\w])"
        return re.compile(familiar), re.compile(formal)
    if language == "fr":
        return (re.compile(r"\b(?:[Tt]u|[Tt]oi|[Tt]on|[Tt]a|[Tt]es)\b|\b[Tt]'(?=[a-zA-Z])"), re.compile(r"\b(?:[Vv]ous|[Vv]otre|[Vv]os)\b"))
    if language == "de":
        familiar = r"\b(?:[Dd]u|[Dd]ir|[Dd]ich|[Dd]ein(?:e[rnms]?)?|[Ee]uch|[Ee]uer|[Ee]ure[nrms]?)\b"
        # "Sie" at the head of a sentence may be "they": only a capital inside one is certain.
        formal = r"(?<=[a-z,;0-9] )(?:Sie|Ihnen|Ihr(?:e[rnms]?)?)\b|\bIhnen\b"
        return re.compile(familiar), re.compile(formal)
    return None


def address(reading: Reading, language: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the text addresses its reader familiarly (je, du, tu) and formally (u, Sie, vous)."""
    patterns = _address(language)
    if patterns is None:
        return [], []
    familiar, formal = (
        [(m.start(), m.end()) for m in regex.finditer(reading.cased) if not reading.is_quoted(m.start(), m.end())] for regex in patterns
    )
    return familiar, formal
