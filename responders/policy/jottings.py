"""Writes out what facts say in short, as people jot things down: "ma 23-11", "9-17", "5 dgn", "21-23/11", "147 terug". Judges nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from responders.policy.grammar import MONTHS

_DUTCH_DAYS = {
    "ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag", "zo": "zondag",
}  # fmt: skip
_ENGLISH_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "weds": "Wednesday", "thu": "Thursday", "thur": "Thursday",
    "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
_DATE = rf"(?:\d{{1,2}}[-/]\d{{1,2}}(?![\d:.])|\d{{1,2}}(?:st|nd|rd|th|e)? (?:{MONTHS})\b)"
_DUTCH_DAY = re.compile(
    rf"\b(?P<day>ma|di|wo|do|vr|za|zo)\.?(?= {_DATE}| (?:(?:tot|vanaf|van|om) )?\d{{1,2}}[:.]\d\d\b)|"
    r"(?<=\belke )(?P<each>ma|di|wo|do|vr|za|zo)\b|(?:(?<=\bop )|(?<=\bper )|(?<=\btot ))(?P<on>ma|di|wo|vr|za)\b(?=$|[,;.) ])",
    re.IGNORECASE,
)
_DAYS_LISTED = re.compile(
    r"(?<![\w/–-])(?P<days>(?:ma|di|wo|do|vr|za|zo)(?: ?[,&+] ?(?:ma|di|wo|do|vr|za|zo)| en (?:ma|di|wo|do|vr|za|zo)|"
    r"(?<=za)[/–-]zo|(?<=vr)[/–-]za)+)(?![\w/–-])",
)
"""Days in a row of them; two that follow each other are both named by their span, and a longer one is read as a span."""
_DAY_ALONE = re.compile(
    r"(?<![\w/–.-])(?<!t/m )(?P<day>di|vr|za|(?<!en )(?<!of )wo(?=$|[,;:)]| €| \d| (?:om|tot|van|vanaf) \d))"
    r"(?![\w/–-]|\.? [A-Z]| (?:t/m|tot(?: en met)?) (?:ma|di|wo|do|vr|za|zo)\b)|"
    r"\b(?P<cue>[Ee]lke|[Ii]edere|[Ss]inds|[Vv]anaf|[Uu]iterlijk|[Vv]oor|[Vv]erwachting|\d(?:e|ste|de)) "
    r"(?P<led>do(?![\w/–-]| t/m)|(?<!oor )(?<!ing )(?:ma|zo)(?=\.?$|[,;:)]| \d))",
)
"""A day in two letters where it can be nothing else: "do" and "zo" are words, and stand behind one that leads to a day."""
_ENGLISH_DAY = re.compile(
    r"\b(?P<day>Mon|Tues?|Weds?|Thu(?:rs?)?|Fri)\b\.?(?!-)|\b(?P<end>Sat|Sun)\b\.?(?= \d|[,;:)]|$)|"
    r"(?:(?<=\bon )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\blast )|(?<=\bnext ))(?P<on>[Ss]at|[Ss]un)\b(?=$|[,;:.)]| \d)"
)
_WORDS = {
    "dgn": "dagen", "dg": "dagen", "wkn": "weken", "wks": "weeks", "wk": "week", "mnd": "maanden", "mnden": "maanden", "jr": "jaar",
    "yr": "year", "yrs": "years", "mth": "months", "mths": "months", "mos": "months", "w/": "with", "w/o": "without", "b/c": "because",
    "appt": "appointment", "appts": "appointments", "dept": "department", "mgr": "manager", "acct": "account", "cust": "customer",
    "custs": "customers", "approx": "about", "ipv": "in plaats van", "ivm": "vanwege", "i.v.m.": "vanwege", "tgv": "door",
    "mdw": "medewerker", "medew": "medewerker", "afd": "afdeling", "klt": "klant", "obv": "op basis van", "mbv": "met behulp van",
    "nav": "na", "n.a.v.": "na", "vlgs": "volgens", "rek": "rekening", "ong": "ongeveer", "bevest": "bevestiging",
}  # fmt: skip
_SHORT = re.compile(
    r"(?<![\w/.@])(?P<word>"
    + "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
    + r")(?:(?<=/)(?!\d)|\.(?= |$)|(?![\w./@-]))",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"(?<![\w.,/:-])(?P<count>\d{1,3}) s\b")
_UNIT_AT_ONCE = re.compile(r"(?<=\d)(?P<unit>dgn|mnd|wkn|wk|jr|d)\b", re.IGNORECASE)
_PART_OF_DAY = re.compile(
    r"(?P<date>[-/]\d{1,2}|\b\w+day|(?:nov|dec|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct)) (?P<part>am|pm)\b", re.IGNORECASE
)
_LISTED = re.compile(
    r"(?<![\w.,/€£$:-])(?P<days>\d{1,2}(?: ?(?:,|&|\+| en | and | or | of ) ?(?:now |nu )?\d{1,2})+)"
    r"(?P<month>/\d{1,2}\b(?!/))",
    re.IGNORECASE,
)
_TWO_DATES = re.compile(r"(?<=\d/\d) ?[-–] ?(?=\d{1,2}/\d)|(?<=\d/\d\d) ?[-–] ?(?=\d{1,2}/\d)|(?<=\d-\d\d) ?– ?(?=\d{1,2}-\d)")
_SPAN_OF_DAYS = re.compile(
    rf"(?<![\w.,/€£$:-])(?P<first>\d{{1,2}}) ?[-–] ?(?P<last>\d{{1,2}})(?P<month> (?:{MONTHS})\b|/\d{{1,2}}\b(?!/))", re.IGNORECASE
)
_HOURS = re.compile(r"(?<![\w.,/€£$:–-])(?P<first>\d{1,2}) ?[-–] ?(?P<last>\d{1,2})(?![\w/:–%€-]|[.,]\d)")
_CLOCKED = re.compile(
    r"\b(?:open\w*|hours|clos\w+|shut|dicht|gesloten|sluit\w*|office|desk|balie|loket|library|shop|winkel|daily|dagelijks|elke dag|"
    r"every day|today|vandaag|tonight|vanavond|nights?|nachts?|ochtends|avonds|middags|weekdays|werkdagen|\w+days?|\w+dag(?:en)?|"
    r"bereikbaar|staffed|bemand|uur|tijden|times|slot|shift|dienst|venster|window|bezorg\w*|lever\w*|deliver\w*|morgen|tomorrow|"
    r"avond\w*|evening|ochtend|morning|middag|afternoon)\b",
    re.IGNORECASE,
)
_SURELY_CLOCKED = re.compile(
    rf"(?:{_DATE} |'s (?:nachts|avonds|ochtends|morgens|middags)(?: \w+)? |\b(?:overnight|nightly|open|opening hours|hours|dagelijks|"
    r"daily|tijdens openingstijden|office|desk|balie|loket) )$",
    re.IGNORECASE,
)
"""Before a pair of numbers that could be the day of a month ("23-7") and are hours all the same."""
_CLOCK_SPAN = re.compile(
    r"(?<![\w.,/€£$:–-])(?<![€£$] )(?P<first>[01]?\d|2[0-4])\.(?P<minutes>[0-5]\d) ?[-–] ?(?P<last>[01]?\d|2[0-4])\.(?P<to>[0-5]\d)"
    r"(?![\w/:–-]|[.,]\d| ?(?:[€£$%°]|[ck]?m\b|met(?:er|re)|kg\b|kilo|lit|euro|pounds?\b|procent|per ?cent|mln|million|miljoen|[ap]\.?m\b))"
)
"""Two times of day with a point, which are no amounts or lengths: "13.30-15.30"."""
_HOURS_MARKED = re.compile(
    r"(?<![\w.,/€£$:–-])(?P<first>\d{1,2}) ?[-–] ?(?P<last>\d{1,2}) ?(?:u|uur)\b(?! (?:later|geleden|wacht|vertraging|per|werk|lang))"
)
_LASTING = re.compile(
    r"\b(?:binnen|na|over|duurt?|duurde|duur|levertijd|ca\.?|circa|ongeveer|minimaal|max\w*|hooguit|uiterlijk)\W*$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\W*(?:dgn|dagen|days?|werkdagen|working|business|wkn|weken|weeks?|mnd|maanden|months?|jaar|years?|uur|uren|hours?|h|u|min\w*|personen|"
    r"people|stuks|euro|pounds?|keer|times|km|kg|m|cm)\b"
)
_NORM = re.compile(r"\b(?:norm|range|grens|between|tussen|scale|schaal) $", re.IGNORECASE)
_PLACED = re.compile(r"(?<![\w.,/€£$:–-])(?P<first>\d{1,4})[-–](?P<last>\d{1,4})(?![\w/:–-]|[.,]\d)")
_PRICE = re.compile(r"(?<![\w.,€£$])(?P<price>\d{1,5}),-(?!\d)")
_BACK = re.compile(
    r"(?P<sum>[€£$] ?\d[\d.,]*\d|[€£$] ?\d|(?<![\w.,/:-])\d{1,5}(?:[.,]\d\d)?) (?:terug|retour)\b(?! (?:naar|van|bij|in|uit|te|op de)\b)|"
    r"\b(?:terug|retour) (?P<sum2>[€£$] ?\d[\d.,]*\d|\d{1,5}(?:[.,]\d\d)?)(?![\w/:-]|[.,]\d|"
    rf" (?:uur|dagen|keer|{MONTHS})\b)|"
    r"(?P<sum3>[€£$] ?\d[\d.,]*\d|[€£$] ?\d) back\b|\bback (?P<sum4>[€£$] ?\d[\d.,]*\d|[€£$] ?\d)"
)
_NO_MONEY = (
    r"(?! ?(?:%|[ck]?m\b|[mk]?g\b|gr|k?wh|[mc]?l\b|ppm|liter|litre|meter|metre|kilo|gram|ton|uur|hours?|h\b|procent|per ?cent|graden|"
    r"degrees|°|x\b|mln|miljoen|million|of\b)|[\d.,/:x-]*\d)"
)
_MEASURED = re.compile(r"\b(?:met(?:er|re)s?|[ck]?m|[mk]?g|kilo|ppm|lit(?:er|re)s?|ml|graden|degrees|kwh|decibel|db)\b", re.IGNORECASE)
_SUM = re.compile(
    rf"(?<![\w.,€£$:/-])(?<![€£$] )(?P<comma>\d{{1,4}},\d\d)\b{_NO_MONEY}|(?<![\w.,€£$:/-])(?P<point>\d{{2,4}}\.[6-9]\d)\b{_NO_MONEY}|"
    rf"(?:(?<=refund )|(?<=charged )|(?<=fare )|(?<=fee )|(?<=price )|(?<=paid ))(?P<told>\d{{1,4}}\.\d\d)\b{_NO_MONEY}|"
    r"(?<![\w.,€£$:/-])(?P<each>\d{1,4}\.\d\d)(?= (?:per|each|a) (?:day|week|month|person|ticket|piece)\b)"
)
"""Two decimals of what is no time of day and has no unit: an amount, whose sign was left out."""
_FROM_TO = re.compile(r"(?P<first>[€£$]?\d[\d.,]*) ?(?:->|→|=>) ?(?P<last>[€£$]?\d[\d.,]*)")
_COSTS = re.compile(
    r"\b(?:rent|huur|price|prijs|fees?|tarief|costs?|kosten|fare|premie|premium|bijdrage|abonnement|subscription|bill|"
    r"nota)\b",
    re.IGNORECASE,
)
_PRICED = re.compile(rf"(?<![\w.,€£$:/-])(?<!at )(?<!by )(?<!om )(?<!tot )(?<!until )\d{{1,4}}\.\d\d\b{_NO_MONEY}")
_THOUSANDS = re.compile(
    r"(?<![\w.,])(?P<count>\d{1,3}(?:[.,]\d)?)(?P<sign>k|mln|mio|m(?= (?!x|wide|long|high|deep|hoog|lang|breed|diep)[a-z]{4,}))\b"
)
_OUT_OF = re.compile(r"(?<![\w/.,-])(?P<part>\d{1,4})/(?P<whole>\d{2,4})(?= [a-z])(?! ?/)")
_FRACTION = re.compile(r"(?<![\w/.,-])(?P<share>1/2|1/3|2/3|1/4|3/4)(?= (?P<of>of|van)\b)")
_HALF_A = re.compile(r"(?<![\w/.,-])1/2(?= (?:jaar|jr|uur|dag|year|hour|day)\b)")
_FRACTIONS = {
    "1/2": ("half", "de helft"), "1/3": ("a third", "een derde"), "2/3": ("two thirds", "twee derde"), "1/4": ("a quarter", "een kwart"),
    "3/4": ("three quarters", "driekwart"),
}  # fmt: skip
_VERSION = re.compile(r"\bv(?=\d{1,3}(?:\.\d|\b))")
_SECTION = re.compile(r"(?<![\w.])(?:ss?\.|sect?\.?) ?(?=\d{1,3}\b)", re.IGNORECASE)
_UNIT_OF_MEASURE = re.compile(r"(?<=\d)(?=(?:[mck]?m|[mk]?g|[mc]?l|kcal|k?wh|[km]?w|[gm]b|mph|ppm)\b)(?!m\b)", re.IGNORECASE)
_DEGREES = re.compile(r"(?<=\d) ?(?:°? ?C|° ?F)\b")
_MINUS = re.compile(r"(?<= )[-–](?=\d{1,2}(?: degrees| ?°|\b to ))")
_LONG_HOURS = re.compile(r"(?<=\d\d\d) ?(?:h|hrs?)\b")
_AND_MINUTES = re.compile(r"(?<=\d)(?P<hours> ?h(?:ou)?rs?) (?P<minutes>[1-5]\d)\b(?! ?(?:\w|[.:%€£-]\d))(?= |[.,;!?]|$)", re.IGNORECASE)
_TIMES = re.compile(r"(?<![\w.,/:-])(?P<first>\d{1,2}[.:]\d\d) ?[-–] ?(?P<last>\d{1,2}[.:]\d\d)(?![\w/-]|[.,:]\d)")
_MONTH_FIRST = re.compile(
    rf"(?<!\d )(?<!\d(?:st|nd|rd|th) )\b(?P<month>{MONTHS}) (?P<first>\d{{1,2}}) ?[-–] ?(?P<last>\d{{1,2}})(?![\w/:-]|[.,]\d)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?<![\w.,/€£$:-])\d{1,2}(?:,\d{1,2}){2,12}(?![\w,]|\.\d)")
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "twenty-second": 22, "twenty-third": 23,
    "twenty-fourth": 24, "twenty-fifth": 25, "twenty-sixth": 26, "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29,
    "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip
_ORDINAL_DAY = re.compile(rf"\b(?P<day>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}) of (?=(?:{MONTHS})\b)", re.IGNORECASE)
_SCORED = re.compile(r"\b(?:votes?|voted|won|lost|score|stemmen|stemming|gewonnen|verloren|uitslag):? $", re.IGNORECASE)
_OF_THINGS = re.compile(r" [a-z]{2,}s\b")
_ON_DAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|nesday|r|rs|rsday|sday|urday)?s?\.? $", re.IGNORECASE)


def _counts(text: str) -> str:
    """Return a text with thousands, shares and parts of a whole written out: "12k", "1/3 of", "46/58 lamps"."""
    text = _THOUSANDS.sub(_thousands, text)
    text = _FRACTION.sub(lambda match: _FRACTIONS[match["share"]][match["of"] == "van"], text)
    text = _HALF_A.sub("half", text)
    text = _OUT_OF.sub(
        lambda match: (
            f"{match['part']} of {match['whole']}"
            if int(match["part"]) <= int(match["whole"]) and int(match["whole"]) > 12
            else match.group()
        ),
        text,
    )
    if _COSTS.search(text):
        text = _PRICED.sub(lambda match: f"€{match.group()}", text)
        text = _FROM_TO.sub(lambda match: f"€{match['first'].lstrip('€£$')} - €{match['last'].lstrip('€£$')}", text)
    text = _SECTION.sub("section ", _VERSION.sub("version ", text))
    return text if _MEASURED.search(text) else _SUM.sub(lambda match: f"€{match.group()}", text)


def _thousands(match: re.Match[str]) -> str:
    number = float(match["count"].replace(",", ".")) * (1000 if match["sign"] == "k" else 1_000_000)
    return f"{number:.0f}"


@lru_cache(maxsize=1024)
def written_out(text: str) -> str:
    """Return a text with what it says in short written out; what is long already stays as it is."""
    if (
        not any(sign.isdigit() for sign in text)
        and "/" not in text
        and not any(regex.search(text) for regex in (_SHORT, _ENGLISH_DAY, _DAYS_LISTED, _DAY_ALONE))
    ):
        return _ORDINAL_DAY.sub(lambda match: f"{_ORDINALS[match['day'].lower()]} ", text) if " of " in text else text
    text = _SHORT.sub(lambda match: _WORDS[match["word"].lower()], text)
    text = _SECONDS.sub(r"\g<count> seconden", text)
    text = _UNIT_AT_ONCE.sub(lambda match: f" {_WORDS.get(match['unit'].lower(), 'days')}", text)
    text = _DUTCH_DAY.sub(lambda match: _DUTCH_DAYS[(match["day"] or match["each"] or match["on"]).lower()], text)
    text = _DAYS_LISTED.sub(_each_named, text)
    text = _DAY_ALONE.sub(lambda match: _DUTCH_DAYS[match["day"]] if match["day"] else f"{match['cue']} {_DUTCH_DAYS[match['led']]}", text)
    text = _ENGLISH_DAY.sub(lambda match: _ENGLISH_DAYS[(match["day"] or match["end"] or match["on"]).lower()], text)
    text = _PART_OF_DAY.sub(lambda match: f"{match['date']}, in the {'morning' if match['part'].lower() == 'am' else 'afternoon'}", text)
    text = _PRICE.sub(lambda match: f"€{match['price']}", text)
    text = _counts(text)
    text = _measures(text)
    text = _ORDINAL_DAY.sub(lambda match: f"{_ORDINALS[match['day'].lower()]} ", text)
    text = _TWO_DATES.sub(" - ", text)
    text = _TIMES.sub(lambda match: f"{match['first']} - {match['last']}", text)
    text = _NUMBERS.sub(lambda match: match.group().replace(",", ", "), text)
    text = _MONTH_FIRST.sub(_from_month, text)
    text = _LISTED.sub(_each_day, text)
    text = _SPAN_OF_DAYS.sub(_both_days, text)
    text = _CLOCK_SPAN.sub(lambda match: f"{match['first']}:{match['minutes']} - {match['last']}:{match['to']}", text)
    text = _HOURS_MARKED.sub(_marked_hours, text)
    text = _HOURS.sub(_hours, text)
    text = _PLACED.sub(_both_ends, text)
    return _BACK.sub(lambda match: f"{'refund' if match['sum3'] or match['sum4'] else 'terugbetaling'} {_sum_of(match)}", text)


def _measures(text: str) -> str:
    """Return a text with what is measured written apart from its unit: "140mm", ">30C", "1 hr 20"."""
    text = _AND_MINUTES.sub(lambda match: f"{match['hours']} {match['minutes']} minutes", text)
    text = _LONG_HOURS.sub(" hours", text)
    text = _MINUS.sub("minus ", text)
    return _UNIT_OF_MEASURE.sub(" ", _DEGREES.sub(" degrees", text))


def _from_month(match: re.Match[str]) -> str:
    """Return "Nov 1-24" as "1 Nov - 24 Nov"."""
    first, last = int(match["first"]), int(match["last"])
    return f"{first} {match['month']} - {last} {match['month']}" if 1 <= first < last <= 31 else match.group()


def _sum_of(match: re.Match[str]) -> str:
    found = next(match[name] for name in ("sum", "sum2", "sum3", "sum4") if match[name])
    return f"€{found}" if found[0].isdigit() else found


def _each_named(match: re.Match[str]) -> str:
    """Return "di + do" or "za/zo" as "dinsdag, donderdag" and "zaterdag, zondag"."""
    return ", ".join(_DUTCH_DAYS[day] for day in re.findall(r"ma|di|wo|do|vr|za|zo", match["days"]))


def _each_day(match: re.Match[str]) -> str:
    """Return "16, 17/11" as "16/11, 17/11", where all can be days."""
    if any(not 1 <= int(day) <= 31 for day in re.findall(r"\d+", match["days"])):
        return match.group()
    return re.sub(r"\d+", lambda day: f"{day.group()}{match['month']}", match["days"])


def _both_days(match: re.Match[str]) -> str:
    first, last, month = int(match["first"]), int(match["last"]), match["month"]
    return f"{first}{month} - {last}{month}" if 1 <= first < last <= 31 else match.group()


def _hours(match: re.Match[str]) -> str:
    """Return "9-17" as hours too, where it can be hours and the words around it speak of such."""
    first, last = int(match["first"]), int(match["last"])
    if first > 24 or last > 24 or first == last or _COUNTED.match(match.string, match.end()):
        return match.group()
    if 1 <= last <= 12:
        if _ON_DAY.search(match.string[max(0, match.start() - 12) : match.start()]):
            return f"{match.group()} ({first}:00-{last}:00)"  # It may be a date too, as the Dutch write one.
        cued = _SURELY_CLOCKED.search(match.string[max(0, match.start() - 30) : match.start()])
    else:
        cued = _CLOCKED.search(match.string)
    if not cued:
        return match.group()
    return f"{first}:00-{last}:00"


def _marked_hours(match: re.Match[str]) -> str:
    """Return "10-12 u" behind a day or a word of opening as times, where it tells no length."""
    first, last = int(match["first"]), int(match["last"])
    before = match.string[: match.start()]
    if first >= last or last > 24 or _LASTING.search(before[-20:]) or not _CLOCKED.search(before):
        return match.group()
    return f"{first}:00-{last}:00"


_NUMBERED = re.compile(
    r"\b(?:zaal|zalen|lijn(?:en)?|we?ek|weken|weeks|maat|maten|sizes?|vak(?:ken)?|ba(?:an|nen)|kamers?|rooms?|lokalen|sporen|rij(?:en)?|rows?|"
    r"nrs?|nos?|nummers?|numbers|pagina'?s|pages|blz|pp?|stap(?:pen)?|steps|groep(?:en)?|groups?|regels?|lines|units?|stoelen|seats)\.? $",
    re.IGNORECASE,
)


def _both_ends(match: re.Match[str]) -> str:
    """Return "40-52" so that either end stands by itself; what can be a date stays one, but behind what is numbered."""
    first, last = int(match["first"]), int(match["last"])
    if first < last and _NUMBERED.search(match.string[max(0, match.start() - 14) : match.start()]):
        return f"{match['first']} - {match['last']}"
    if first < last and _NORM.search(match.string[: match.start()]):
        return f"{match['first']} - {match['last']}"
    if _SCORED.search(match.string[: match.start()]):
        return f"{match['first']} - {match['last']}"
    if first < last and _OF_THINGS.match(match.string, match.end()) and not match["first"].startswith("0"):
        return f"{match['first']} - {match['last']}"
    counted = match.string[match.end() : match.end() + 1] not in {",", ".", ";"} and _COUNTED.match(match.string, match.end())
    if first >= last or match["first"].startswith("0") or (first <= 31 and last <= 12 and not counted):
        return match.group()
    return f"{match['first']} - {match['last']}"
