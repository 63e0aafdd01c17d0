"""Wat de balie in het Nederlands zegt; what the desk at the terminal says in Dutch, by its English. Nothing else lives here."""

from __future__ import annotations

from collections.abc import Mapping

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

DUTCH: Mapping[str, str] = {
    # Tijd
    "less than a minute": "minder dan een minuut",
    "just now": "zojuist",
    "{span} ago": "{span} geleden",
    # De regels
    "positive, or balanced and factual: it may stand": "positief, of evenwichtig en feitelijk: het mag zo blijven staan",
    "an account or place devoted to degrading others": "een account of plek die leeft van anderen omlaaghalen",
    "a rant, joke or satire": "een tirade, grap of satire",
    "wrong facts": "onjuiste feiten",
    "an unhappy customer": "een ontevreden klant",
    "negative in another way": "op een andere manier negatief",
    "the author asked or tagged us": "de schrijver vroeg of noemde ons",
    "the author talks to others, not to us": "de schrijver praat met anderen, niet met ons",
    "praise to peers, not to us": "lof aan anderen, niet aan ons",
    "they complained before, and we failed them": "klaagde eerder, en we stelden opnieuw teleur",
    "a complaint at a third party: answer in that forum's own procedure": (
        "een klacht bij een derde partij: antwoord langs de weg die daar geldt"
    ),
    "safety, health, threat, minors, data leak, law, press or crime: two people must agree": (
        "veiligheid, gezondheid, dreiging, minderjarigen, datalek, recht, pers of misdrijf: twee mensen moeten akkoord zijn"
    ),
    "a mourning, health or support community": "een groep rond rouw, gezondheid of steun",
    "answered by us already": "al door ons beantwoord",
    "deleted, changed or made private": "verwijderd, gewijzigd of afgeschermd",
    "this person has a reply of ours in this thread already": "deze persoon heeft in dit gesprek al een antwoord van ons",
    # De kaart
    "Reply {number}": "Antwoord {number}",
    "The account is {account}.": "Het account is {account}.",
    "{count} waiting": "{count} in de rij",
    "on {place}": "op {place}",
    "no link": "geen link",
    "{count:,} more characters; press v to read it all": "nog {count} tekens; druk op v om alles te lezen",
    "Feeling": "Toon",
    "not scored": "niet beoordeeld",
    "this language": "deze taal",
    "not known (no scorer knows {language})": "onbekend (geen beoordelaar kent {language})",
    "not known ({scorer} cannot judge {language})": "onbekend ({scorer} kan {language} niet beoordelen)",
    "negative": "negatief",
    "neutral": "neutraal",
    "positive": "positief",
    ", {sure:.0%} sure ({scorer} {version}, score {score:+.2f})": ", {sure:.0%} zeker ({scorer} {version}, score {score:+.2f})",
    "Story": "Verhaal",
    "{number}: {mentions} mentions by {authors} people on {where}; {repeats} only repeat another": (
        "{number}: {mentions} vermeldingen door {authors} mensen op {where}; {repeats} herhalen alleen een andere"
    ),
    "drafts {state} by {who}: {why} (K4)": "concepten {state} door {who}: {why} (K4)",
    "stopped": "gestopt",
    "go": "gaan door",
    "Flagged": "Waarom",
    "Earlier": "Eerder",
    "no contact before, as far as we know": "geen contact, voor zover we weten",
    "they complained before, we answered, and they are unhappy again (T10)": (
        "klaagde eerder, kreeg antwoord van ons en is weer ontevreden (T10)"
    ),
    "this text has an answer of ours": "onder dit bericht staat al een antwoord van ons",
    "another reply to this person is on its way, or went out since (T16)": (
        "een ander antwoord aan deze persoon is onderweg, of is intussen geplaatst (T16)"
    ),
    "Delivery": "Plaatsen",
    "we post it, once approved": "wij plaatsen het, zodra het is goedgekeurd",
    "a person posts it by hand, once approved": "iemand plaatst het met de hand, zodra het is goedgekeurd",
    "no public answer": "geen openbaar antwoord",
    "Expires": "Verloopt",
    "in {span}": "over {span}",
    "now": "nu",
    "Our reply, exactly as it will appear": "Ons antwoord, precies zoals het er komt te staan",
    "{counted:,} characters": "{counted} tekens",
    "{counted:,} of {most:,}": "{counted} van {most}",
    ", too long": ", te lang",
    "Version": "Versie",
    "{number}, written by {who}": "{number}, geschreven door {who}",
    "Facts": "Feiten",
    "none used": "geen gebruikt",
    "Promises": "Belooft",
    "by {at}": "uiterlijk {at}",
    "names no day; we look at it again after three days": "noemt geen dag; we kijken er na drie dagen weer naar",
    "Rules": "Regels",
    "✓ no rule objects": "✓ geen enkele regel heeft bezwaar",
    "■ red": "■ rood",
    "▲ amber": "▲ oranje",
    "· hint": "· tip",
    "Length": "Lengte",
    "A text of many emoji may reach the 3000 bytes before the 300 characters.": (
        "Een tekst met veel emoji kan de 3000 bytes eerder bereiken dan de 300 tekens."
    ),
    "500 on most servers; a server may set its own.": "500 op de meeste servers; een server kan zelf anders bepalen.",
    'How long a text may be on "{network}" is not known here; look there.': (
        'Hoe lang een tekst op "{network}" mag zijn, is hier niet bekend; kijk daar.'
    ),
    "Hacker News documents no limit.": "Hacker News noemt geen grens.",
    "Each blog has its own limit, or none.": "Elk blog heeft een eigen grens, of geen.",
    "Approval": "Akkoord",
    "two people must agree": "twee mensen moeten akkoord zijn",
    "✓ {who} said yes, {when}": "✓ {who} zei ja, {when}",
    "the rules": "de regels",
    "  overriding {rules}: {why}": "  gaat voorbij aan {rules}: {why}",
    # De toetsen
    "approve": "goedkeuren",
    "edit": "bewerken",
    "reject": "afwijzen",
    "not negative": "niet negatief",
    "not about us": "niet over ons",
    "snooze": "later",
    "other": "andere",
    "view": "lezen",
    "skip": "overslaan",
    "quit": "stoppen",
    "help": "hulp",
    "say yes to exactly this text, in your name": "ja zeggen tegen precies deze tekst, op jouw naam",
    "change the text in your editor; the new version is checked and shown before anything else": (
        "de tekst wijzigen in je tekstprogramma; de nieuwe versie wordt nagekeken en getoond voor er iets anders gebeurt"
    ),
    "do not answer, and say why; the reason is kept and shows in the digest": (
        "niet beantwoorden, en zeggen waarom; de reden wordt bewaard en staat in het dagoverzicht"
    ),
    "note that the post is not negative; the reply still waits for your decision": (
        "noteren dat het bericht niet negatief is; het antwoord wacht nog op jouw besluit"
    ),
    "do not answer, for the post is not about us; both are kept": (
        "niet beantwoorden, want het bericht gaat niet over ons; beide worden bewaard"
    ),
    "put it aside for a while": "een tijdje wegleggen",
    "see other texts, shorter and fuller, and take one; it is checked and shown before anything else": (
        "andere teksten zien, korter en langer, en er een nemen; die wordt nagekeken en getoond voor er iets anders gebeurt"
    ),
    "show the whole post, however long": "het hele bericht tonen, hoe lang ook",
    "leave it as it is and go on to the next": "laten zoals het is en door naar de volgende",
    "stop here; what you decided is kept": "hier stoppen; wat je besliste, blijft bewaard",
    "show this": "dit tonen",
    "{word} (red stands)": "{word} (rood staat in de weg)",
    # Het gesprek
    "Nothing more waits for you.": "Er wacht niets meer op je.",
    "Nothing waits for you.": "Er wacht niets op je.",
    "{key} is no key here; press ? for help.": "{key} doet hier niets; druk op ? voor hulp.",
    "{rules} stands against this text, so it cannot be approved as it is: edit it with e.": (
        "{rules} staat deze tekst in de weg, dus zo kan hij niet worden goedgekeurd: bewerk hem met e."
    ),
    "Or write why it may go out all the same; a second person must then agree to it.": (
        "Of schrijf waarom hij toch geplaatst mag worden; een tweede moet het er dan mee eens zijn."
    ),
    "Why (Enter = back): ": "Waarom (Enter = terug): ",
    "(no reason)": "(geen reden)",
    "{rules} stands against this text. {who} overrides it: {why}": "{rules} staat deze tekst in de weg. {who} gaat eraan voorbij: {why}",
    "Type yes to agree, as {who} (Enter = back): ": "Typ ja om akkoord te gaan, als {who} (Enter = terug): ",
    "Not edited: {why}.": "Niet gewijzigd: {why}.",
    "Your text, which was not saved:": "Jouw tekst, die niet is bewaard:",
    "There is no other text.": "Er is geen andere tekst.",
    "Which one? Its number (Enter = back): ": "Welke? Het nummer (Enter = terug): ",
    "Give a number from 1 to {most}.": "Geef een nummer van 1 tot en met {most}.",
    "Why no answer? A rule, your own words, or both (Enter = back): ": (
        "Waarom geen antwoord? Een regel, je eigen woorden, of allebei (Enter = terug): "
    ),
    "{rule} is no reason for no answer; choose one of the list, or use your own words.": (
        "{rule} is geen reden om niet te antwoorden; kies er een uit de lijst, of gebruik je eigen woorden."
    ),
    "For how long? 30m, 2h, 1d (Enter = back): ": "Hoe lang? 30m, 2u, 1d (Enter = terug): ",
    "Give minutes, hours or days, at most 30 days: 30m, 2h, 1d.": "Geef minuten, uren of dagen, hoogstens 30 dagen: 30m, 2u, 1d.",
    "Nothing was changed.": "Er is niets veranderd.",
    "Kept: {what}.": "Bewaard: {what}.",
    "Nothing was decided, and nothing changed.": "Er is niets besloten, en niets veranderd.",
    "approved": "goedgekeurd",
    "agreed": "akkoord gegeven",
    "rejected": "afgewezen",
    "snoozed": "weggelegd",
    "edited": "gewijzigd",
    "labelled": "genoteerd",
    "Or type the new text here, on one line (Enter = back): ": "Of typ de nieuwe tekst hier, op één regel (Enter = terug): ",
    "Copy this text and post it there by hand:": "Kopieer deze tekst en plaats hem daar met de hand:",
    # De steekproef
    "Nobody was told of these {count}. Is one of them negative all the same? It shows what we miss.": (
        "Van deze {count} kreeg niemand bericht. Is er toch een negatief? Zo blijkt wat we missen."
    ),
    "Nobody was told of this one. Is it negative all the same? It shows what we miss.": (
        "Hiervan kreeg niemand bericht. Is het toch negatief? Zo blijkt wat we missen."
    ),
    "n negative  o not negative  u not about us  k skip  q quit": "n negatief  o niet negatief  u niet over ons  k overslaan  q stoppen",
    "Kept: {count} checked.": "Bewaard: {count} nagekeken.",
    "Nothing was checked.": "Er is niets nagekeken.",
    # Wat `responders run` en `responders list` zeggen
    "{count} replies wait": "{count} antwoorden wachten",
    "1 reply waits": "1 antwoord wacht",
    "{replies} for approval.": "{replies} op akkoord.",
    "{replies} for approval, {two} of them by two people.": "{replies} op akkoord, waarvan {two} van twee mensen.",
    "Nothing waits for approval.": "Er wacht niets op akkoord.",
    "1 gets no answer after all, because:": "1 krijgt toch geen antwoord, want:",
    "{count} get no answer after all, because:": "{count} krijgen toch geen antwoord, want:",
    "in words of their own; see monitor audit": "in eigen woorden; zie monitor audit",
    "{replies} to be posted by hand: responders list --status handed_over": (
        "{replies} tot iemand ze met de hand plaatst: responders list --status handed_over"
    ),
    "{replies} for a person to look what became of it: responders list --status needs_review": (
        "{replies} tot iemand kijkt wat ervan geworden is: responders list --status needs_review"
    ),
    "Publishing is paused. Restart it with: responders resume --as NAME": (
        "Plaatsen staat op pauze. Hervatten kan met: responders resume --as NAAM"
    ),
    "Next, in another terminal:  {command}": "Nu verder, in een ander venster:  {command}",
    "red: {rules}": "rood: {rules}",
    "two people": "twee mensen",
    "responders: stopped; every draft and decision is kept.": "responders: gestopt; elk concept en elk besluit is bewaard.",
    "Nothing waits.": "Er wacht niets.",
    "There is none.": "Er is er geen.",
    "Look what became of those that need review, and then:": "Kijk wat er werd van wat iemand moet bekijken, en dan:",
    "  it stands there:      responders posted ID --url URL --as NAME": (
        "  het staat er:         responders posted ID --url ADRES --as NAAM"
    ),
    "  it does not:          responders retry ID --as NAME": "  het staat er niet:    responders retry ID --as NAAM",
    "Your name, as it will stand in the audit": "Je naam, zoals die in het logboek komt te staan",
    "Reply {number}: {what}": "Antwoord {number}: {what}",
    "Not done: {why}": "Niet gedaan: {why}",
}
"""By the English sentence; the blanks are the same."""
