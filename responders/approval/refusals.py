"""Says in Dutch why a reply was not published, or a decision did not count; the English is stored, and stands where it is decided. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DELETED = "het bericht is verwijderd"
_BLOCKED = "de schrijver heeft ons account geblokkeerd"
_SECOND_COPY = "houdt dit voor een tweede exemplaar van iets dat we al plaatsten"

DUTCH_REFUSALS: Mapping[str, str] = {
    # What a network said
    "the network refused the reply": "het netwerk weigerde het antwoord",
    "the post was deleted": _DELETED,
    "the comment was deleted": "de reactie is verwijderd",
    "the post was deleted, or is not visible to our account": f"{_DELETED}, of is voor ons account niet te zien",
    "the post was deleted, or its author does not let us see it": f"{_DELETED}, of de schrijver laat het ons niet zien",
    "the author has blocked our account": _BLOCKED,
    "the author has blocked our account, or we have blocked theirs": f"{_BLOCKED}, of wij dat van de schrijver",
    "the author does not let us reply to this post": "de schrijver laat ons niet op dit bericht antwoorden",
    "the author does not let us answer": "de schrijver laat ons niet antwoorden",
    "the author's posts are protected, so they are no longer public": (
        "de berichten van de schrijver zijn afgeschermd, dus niet meer openbaar"
    ),
    "an account is suspended, ours or the author's": "een account is opgeschort, dat van ons of dat van de schrijver",
    "X takes this for a second copy of something we posted before; look there, and change the text if it is not": (
        f"X {_SECOND_COPY}; kijk daar, en verander de tekst als het dat niet is"
    ),
    "X lets the API reply only where the author mentioned or quoted us (L1); answer by hand": (
        "X laat de API alleen antwoorden als de schrijver ons noemde of citeerde (L1); antwoord met de hand"
    ),
    "X finds the reply too long": "X vindt het antwoord te lang",
    "X takes at most one $cashtag in a reply": "X neemt hoogstens één $cashtag in een antwoord",
    "X has locked our account; log in there and unlock it": "X heeft ons account op slot gezet; log daar in en maak het open",
    "our keys may only read; give the app write permission and make new access tokens": (
        "onze sleutels mogen alleen lezen; geef de app schrijfrecht en maak nieuwe access tokens"
    ),
    "our keys may only read; use the access token of the account": (
        "onze sleutels mogen alleen lezen; gebruik het access token van het account"
    ),
    "the app's monthly allowance at X is used up": "het maandtegoed van de app bij X is op",
    "the app belongs to no project that may use X's API": "de app hoort bij geen project dat de API van X mag gebruiken",
    "the app has no credits left at X": "de app heeft bij X geen tegoed meer",
    "the thread is locked: nobody can answer there any more": "het gesprek is gesloten: niemand kan daar nog antwoorden",
    "the post is too old: Reddit takes no more answers to it": "het bericht is te oud: Reddit neemt er geen antwoorden meer op aan",
    "Reddit finds the reply too long": "Reddit vindt het antwoord te lang",
    "Reddit finds no text in the reply": "Reddit vindt geen tekst in het antwoord",
    "the moderators of this subreddit do not let our account answer": "de moderators van deze subreddit laten ons account niet antwoorden",
    "our account is banned from this subreddit": "ons account is uit deze subreddit verbannen",
    "our account at Reddit is suspended": "ons account bij Reddit is opgeschort",
    "Reddit takes this for a second copy of something we posted before": f"Reddit {_SECOND_COPY}",
    "the subreddit is quarantined, and our account may not answer there": (
        "de subreddit is in quarantaine, en ons account mag daar niet antwoorden"
    ),
    "the subreddit is private now, so the post is no longer public": "de subreddit is nu besloten, dus het bericht is niet meer openbaar",
    "it does not say under which post the mention stands": "het zegt niet onder welk bericht de vermelding staat",
    "Reddit does not accept our login; check REDDIT_USERNAME and REDDIT_PASSWORD, or REDDIT_REFRESH_TOKEN": (
        "Reddit neemt onze aanmelding niet aan; kijk REDDIT_USERNAME en REDDIT_PASSWORD na, of REDDIT_REFRESH_TOKEN"
    ),
    "Reddit does not let our account answer there: banned, restricted or private": (
        "Reddit laat ons account daar niet antwoorden: verbannen, beperkt of besloten"
    ),
    "the server finds the reply too long": "de server vindt het antwoord te lang",
    "the server finds no text in the reply": "de server vindt geen tekst in het antwoord",
    "the server takes this for a second copy of something we posted before": f"de server {_SECOND_COPY}",
    "our token may not write; make one with the scopes read and write:statuses": (
        "ons token mag niet schrijven; maak er een met de rechten read en write:statuses"
    ),
    "our account there is suspended": "ons account daar is opgeschort",
    "our account there is disabled; log in on the server and see why": "ons account daar staat uit; log in op de server en kijk waarom",
    "our account there is not approved yet": "ons account daar is nog niet goedgekeurd",
    "the e-mail address of our account there is not confirmed yet": "het e-mailadres van ons account daar is nog niet bevestigd",
    "the server does not let our account answer this": "de server laat ons account hier niet op antwoorden",
    "Bluesky finds the reply too long": "Bluesky vindt het antwoord te lang",
    "our account at Bluesky was taken down": "ons account bij Bluesky is weggehaald",
    "our account at Bluesky is suspended": "ons account bij Bluesky is opgeschort",
    "our account at Bluesky is deactivated": "ons account bij Bluesky is buiten gebruik gesteld",
    "Bluesky does not accept our login; check BLUESKY_HANDLE and BLUESKY_APP_PASSWORD": (
        "Bluesky neemt onze aanmelding niet aan; kijk BLUESKY_HANDLE en BLUESKY_APP_PASSWORD na"
    ),
    "another post of ours has the place that this reply would get": (
        "een ander bericht van ons staat op de plek die dit antwoord zou krijgen"
    ),
    # What the posters say themselves
    "a reply may have at most {} characters as {} counts, and this one has {}": (
        "een antwoord mag hoogstens {} tekens hebben zoals {} telt, en dit heeft er {}"
    ),
    "the keys are those of {}, and responders.toml names {} as the account; nothing was posted": (
        "de sleutels zijn die van {}, en responders.toml noemt {} als account; er is niets geplaatst"
    ),
    "our keys are not accepted; check {}": "onze sleutels worden niet aangenomen; kijk {} na",
    "we are asked to wait until {} UTC": "we moeten wachten tot {} UTC",
    "it gave an answer that cannot be understood": "het gaf een antwoord dat niet te begrijpen is",
    "it answered {}": "het antwoordde {}",
    "its host was not found ({})": "de host is niet gevonden ({})",
    "its host has a private address": "de host heeft een privéadres",
    "no connection": "geen verbinding",
    "no connection ({})": "geen verbinding ({})",
    "no whole answer within {} seconds": "geen heel antwoord binnen {} seconden",
    "the answer is too long": "het antwoord van het netwerk is te lang",
    "the answer is damaged": "het antwoord van het netwerk is beschadigd",
    "the connection was cut before the whole answer was there": "de verbinding brak af voordat het hele antwoord er was",
    "the request cannot be written": "de aanvraag is niet te schrijven",
    "it would have gone over an open line to another host": "het zou over een open lijn naar een andere host zijn gegaan",
    "this process stood still and came to life too late to send; nothing was sent": (
        "dit proces stond stil en kwam te laat weer op gang om te verzenden; er is niets verzonden"
    ),
    "{} is not in the list `subreddits` of [{}] (L3)": "{} staat niet in de lijst `subreddits` van [{}] (L3)",
    "neither the mention's id ({}) nor its address says which post or comment it is": (
        "uit het id van de vermelding ({}) noch uit het adres blijkt welk bericht of welke reactie het is"
    ),
    "neither the mention's id ({}) nor its address says which post it is": (
        "uit het id van de vermelding ({}) noch uit het adres blijkt welk bericht het is"
    ),
    "the mention has no id of a post on X, and so nothing can be posted under it (it has {})": (
        "de vermelding heeft geen id van een bericht op X, dus er is niets onder te plaatsen (ze heeft {})"
    ),
    "the mention was not found on our server, and so nothing can be posted under it": (
        "de vermelding is op onze server niet gevonden, dus er is niets onder te plaatsen"
    ),
    "the mention was not found on our server, so nobody can tell whether it has an answer of ours": (
        "de vermelding is op onze server niet gevonden, dus niemand kan zeggen of er een antwoord van ons onder staat"
    ),
    "another post of ours stands where this reply would go; a person must look": (
        "waar dit antwoord zou komen, staat een ander bericht van ons; iemand moet kijken"
    ),
    "the place of this reply is taken, and nothing can be read there": "de plek van dit antwoord is bezet, en er is daar niets te lezen",
    "our server does not list our posts, so nobody can tell whether a colleague has answered": (
        "onze server somt onze berichten niet op, dus niemand kan zeggen of een collega heeft geantwoord"
    ),
    "our session is not accepted any more; it is renewed the next time": (
        "onze aanmelding geldt niet meer; de volgende keer wordt ze vernieuwd"
    ),
    "the list of our own posts cannot be understood": "de lijst van onze eigen berichten is niet te begrijpen",
    "it does not say whose keys these are": "het zegt niet van wie deze sleutels zijn",
    "it does not say whose token this is": "het zegt niet van wie dit token is",
    "it does not say whose login this is": "het zegt niet van wie deze aanmelding is",
    "more than {} posts of ours came after the mention, too many to look through": (
        "na de vermelding kwamen meer dan {} berichten van ons, te veel om na te lezen"
    ),
    "more than {} statuses of ours came after the mention, too many to look through": (
        "na de vermelding kwamen meer dan {} berichten van ons, te veel om na te lezen"
    ),
    "more than {} comments of ours came after the mention, more than Reddit lists": (
        "na de vermelding kwamen meer dan {} reacties van ons, meer dan Reddit opsomt"
    ),
    # What the chain says
    "no poster is configured for {} any more: add [network.{}]": "voor {} is geen poster meer ingesteld: voeg [network.{}] toe",
    "it was approved to go out from {}, and responders.toml names {} for this brand now; nothing was sent from there": (
        "het is goedgekeurd voor {}, en responders.toml noemt voor dit merk nu {}; daar is niets geplaatst"
    ),
    "{} approved this text to go out from {}, and this brand answers from {} now; nothing was approved. Edit the text first": (
        "{} keurde deze tekst goed voor {}, en dit merk antwoordt nu als {}; er is niets goedgekeurd. Bewerk eerst de tekst"
    ),
    "nobody can tell whether the mention still stands as it was read": (
        "niemand kan zeggen of de vermelding er nog staat zoals ze gelezen is"
    ),
    "publishing was paused, or the claim ran out, before the send": "het plaatsen ging op pauze, of de tijd was om, vóór het verzenden",
    "T15: the author took the mention back, so our answer is not posted and our copy is erased": (
        "T15: de schrijver trok de vermelding in, dus ons antwoord wordt niet geplaatst en onze kopie is gewist"
    ),
    "T15: the author changed the mention after this answer was drafted, so it is not posted": (
        "T15: de schrijver wijzigde de vermelding nadat dit antwoord was geschreven, dus het wordt niet geplaatst"
    ),
    "T14: the mention has an answer of ours already, so a second is not posted": (
        "T14: onder de vermelding staat al een antwoord van ons, dus een tweede wordt niet geplaatst"
    ),
    "T14: {}, another account of this brand, has answered the mention already, so a second is not posted": (
        "T14: {}, een ander account van dit merk, heeft de vermelding al beantwoord, dus een tweede antwoord wordt niet geplaatst"
    ),
    "nobody decided in time": "niemand besliste op tijd",
    "approval {} of {}; override: {}": "akkoord {} van {}; ondanks de regel: {}",
    "approval {} of {}": "akkoord {} van {}",
    "{} looked: it does not stand there": "{} heeft gekeken: het staat er niet",
    # What the desk answers
    "{} approved nearly the same text for reply {} at {} (N8), so this one was not approved; write to this person about what happened "
    "to them, or give a written reason, and then a second person must agree": (
        "{} keurde bijna dezelfde tekst goed voor antwoord {}, om {} (N8), dus dit is niet goedgekeurd; schrijf aan deze persoon over wat "
        "die meemaakte, of geef een geschreven reden, en dan moet een tweede ermee instemmen"
    ),
    "{} approved reply {} to the same person at {} (T16), so this one was not approved; reject it, or give a written reason, and then "
    "a second person must agree": (
        "{} keurde antwoord {} aan dezelfde persoon goed, om {} (T16), dus dit is niet goedgekeurd; wijs het af, of geef een geschreven "
        "reden, en dan moet een tweede ermee instemmen"
    ),
    "{} may not decide for {}; nobody is named for it in responders.toml": (
        "{} mag over {} niet beslissen; in responders.toml wordt er niemand voor genoemd"
    ),
    "{} may not decide for {}; these may: {}": "{} mag over {} niet beslissen; zij wel: {}",
    "a name has at most {} printable characters": "een naam heeft hoogstens {} leesbare tekens",
    "reply {} is snoozed and cannot be snoozed": "antwoord {} is al weggelegd",
    "reply {} is {} and cannot be snoozed": "antwoord {} is {} en kan niet worden weggelegd",
    "snoozed until {} UTC": "weggelegd tot {} UTC",
    "there is no reply {}; responders list shows those that wait": "antwoord {} bestaat niet; responders list toont wat er wacht",
    "approved by {}; a second person must agree": "goedgekeurd door {}; een tweede moet ook akkoord zijn",
    "approved. Post exactly this text by hand under {} and then run: responders posted {} --url URL --as NAME": (
        "goedgekeurd. Plaats precies deze tekst met de hand onder {} en zeg het dan: responders posted {} --url ADRES --as NAAM"
    ),
    "approved; it is being published": "goedgekeurd; het wordt geplaatst",
    "approved; publishing is paused, so it goes out after: responders resume --as NAME": (
        "goedgekeurd; plaatsen staat op pauze, dus het gaat uit na: responders resume --as NAAM"
    ),
    "reply {} is {} and can no longer be edited": "antwoord {} is {} en kan niet meer worden gewijzigd",
    "reply {} was changed meanwhile by {}; yours was not saved": "antwoord {} is intussen gewijzigd door {}; dat van jou is niet bewaard",
    "the text is as it was; no new version": "de tekst is zoals hij was; er is geen nieuwe versie",
    "saved as version {} ({}); it needs approval anew. {} stands against it": (
        "bewaard als versie {} ({}); die heeft opnieuw akkoord nodig. {} staat de tekst in de weg"
    ),
    "saved as version {} ({}); it needs approval anew. {} stand against it": (
        "bewaard als versie {} ({}); die heeft opnieuw akkoord nodig. {} staan de tekst in de weg"
    ),
    "saved as version {} ({}); it needs approval anew": "bewaard als versie {} ({}); die heeft opnieuw akkoord nodig",
    "reply {} is {} already, approved by {}; nothing was changed": "antwoord {} is al {}, goedgekeurd door {}; er is niets veranderd",
    "reply {} is {} already ({}); nothing was changed": "antwoord {} is al {} ({}); er is niets veranderd",
    "reply {} is {} already; nothing was changed": "antwoord {} is al {}; er is niets veranderd",
    "reply {} is {} already, approved by {}": "antwoord {} is al {}, goedgekeurd door {}",
    "reply {} is {} already ({})": "antwoord {} is al {} ({})",
    "reply {} is {} already": "antwoord {} is al {}",
    "reply {} is {}, approved by {}; nothing was recorded": "antwoord {} is {}, goedgekeurd door {}; er is niets vastgelegd",
    "reply {} is {} ({}); nothing was recorded": "antwoord {} is {} ({}); er is niets vastgelegd",
    "reply {} is {}; nothing was recorded": "antwoord {} is {}; er is niets vastgelegd",
    "rejected by {}: {}": "afgewezen door {}: {}",
    "what it answers was erased, so nothing was written down": "waarop het antwoordt is gewist, dus er is niets genoteerd",
    "noted as {}, says {}; the reply still waits": "genoteerd als {}, zegt {}; het antwoord wacht nog",
    "recorded: reply {} stands at {}; its text differs": "vastgelegd: antwoord {} staat op {}; de tekst wijkt af",
    "recorded: reply {} stands at {}": "vastgelegd: antwoord {} staat op {}",
    "reply {} does not need review": "antwoord {} hoeft niemand te bekijken",
    "it is tried again": "het wordt opnieuw geprobeerd",
    "a decision needs a name: say who you are (--as NAME)": "een besluit heeft een naam nodig: zeg wie je bent (--as NAAM)",
    "{} may not restart publishing; these may: {}": "{} mag het plaatsen niet hervatten; zij wel: {}",
    "you saw version {}, and reply {} now has version {} by {}; nothing was approved. Read the new text and decide again": (
        "je zag versie {}, en antwoord {} heeft nu versie {} van {}; er is niets goedgekeurd. Lees de nieuwe tekst en beslis opnieuw"
    ),
    "{} has approved this text already; it still needs somebody else": "{} keurde deze tekst al goed; er is nog iemand anders nodig",
    "rule {} stands against this text. Edit it, or give a written reason; then a second person must agree": (
        "regel {} staat deze tekst in de weg. Bewerk hem, of geef een reden op; dan moet een tweede akkoord zijn"
    ),
    "{} wrote this text, and here two others must agree to it": "{} schreef deze tekst, en hier moeten twee anderen akkoord zijn",
    "an empty text is no reply, so nothing was changed; not to answer is a decision too: responders reject": (
        "een lege tekst is geen antwoord, dus er is niets veranderd; niet antwoorden is ook een besluit: responders reject"
    ),
    "the text is longer than {} characters, so nothing was changed": "de tekst is langer dan {} tekens, dus er is niets veranderd",
    "the text holds half a character, which no network takes, so nothing was changed; type it again": (
        "in de tekst staat een half teken, dat geen netwerk aanneemt, dus er is niets veranderd; typ het opnieuw"
    ),
    "Publishing is {} already since {} by {}. Nothing was changed": "Plaatsen staat al {} sinds {}, door {}. Er is niets veranderd",
    "Publishing is {} already. Nothing was changed": "Plaatsen staat al {}. Er is niets veranderd",
    "Publishing is on again; what was approved meanwhile goes out now": "Plaatsen staat weer aan; wat intussen is goedgekeurd, gaat nu uit",
    "Publishing is paused in every process; decisions can still be taken. Restart it with: responders resume --as NAME": (
        "Plaatsen staat overal op pauze; beslissen kan nog wel. Hervatten kan met: responders resume --as NAAM"
    ),
    # The editor
    "the text is as it was, so there is no new version": "de tekst is zoals hij was, dus er is geen nieuwe versie",
    "the text is empty, so nothing was changed": "de tekst is leeg, dus er is niets veranderd",
    "the editor {} ended with code {}, so nothing was changed": "het tekstprogramma {} eindigde met code {}, dus er is niets veranderd",
    "the editor {} did not start: {}; set EDITOR to another one": "het tekstprogramma {} startte niet: {}; zet EDITOR op een ander",
    "{} names {}, which is not installed; set it to an editor that is": "{} noemt {}, dat hier niet is; kies een tekstprogramma dat er is",
    "there is no editor here; set EDITOR, or install one of {}": "er is hier geen tekstprogramma; zet EDITOR, of installeer een van {}",
    "snooze it until a moment between now and its expiry ({} UTC)": "leg het weg tot een moment tussen nu en het verlopen ({} UTC)",
}
"""By the English sentence; a pair of braces stands for what it names."""

DUTCH_FRAMES: Mapping[str, str] = {
    "reading back cannot tell whether it was posted: {}": "teruglezen geeft geen uitsluitsel of het geplaatst is: {}",
    "reading back failed: {}": "teruglezen mislukte: {}",
    "could not look at the mention before sending: {}": "vóór het verzenden was niet naar de vermelding te kijken: {}",
    "nobody can tell whether it was posted: {}": "niemand kan zeggen of het geplaatst is: {}",
}
_NAMED: Mapping[str, str] = {
    "awaiting": "wachtend", "snoozed": "weggelegd", "approved": "goedgekeurd", "posting": "onderweg", "posted": "geplaatst",
    "handed_over": "met de hand te plaatsen", "needs_review": "te bekijken", "rejected": "afgewezen", "expired": "verlopen",
    "negative": "negatief", "not negative": "niet negatief", "not about us": "niet over ons", "the mention": "de vermelding",
    "the common account": "het gedeelde account", "an account without a name": "een account zonder naam",
    "on": "aan", "paused": "op pauze", "(none)": "(geen)",
}  # fmt: skip
"""Words of ours that stand in a blank."""
_WHEN = re.compile(r" at ([0-9]{2}:[0-9]{2} UTC) on ([0-9]{2}-[0-9]{2})")
"""What stands before another reason."""

LONGEST = 1_500
_TRIES = re.compile(r"(.*) \(([0-9]{1,3}) attempts\)", re.DOTALL)
_FROM = re.compile(r"([a-z0-9_]{1,40}): (.*)", re.DOTALL)
_QUOTE = re.compile(r' \([a-z0-9_]{1,40} says: "(.*)"\)', re.DOTALL)
_STATUS = re.compile(r"(.*) \(status ([0-9]{1,3})\)", re.DOTALL)


def _templates(table: Mapping[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile("(.{1,300})".join(map(re.escape, english.split("{}"))), re.DOTALL), dutch) for english, dutch in table.items())


_SENTENCES = _templates({english: dutch for english, dutch in DUTCH_REFUSALS.items() if "{}" in english})


def spell_refusal(language: str, reason: str) -> str:
    """Return a reason in this language; as it is where it is none of ours, such as what a person wrote. A network is quoted as it spoke."""
    if language != "nl" or len(reason) > LONGEST:
        return reason
    return _spell(reason) or reason


def _spell(reason: str) -> str:
    """Return the Dutch of a reason with all that stands round it, "" where there is none."""
    for english, dutch in DUTCH_FRAMES.items():
        if reason.startswith(start := english.removesuffix("{}")):
            rest = reason.removeprefix(start)
            return dutch.format(_spell(rest) or rest)
    if match := _TRIES.fullmatch(reason):
        inner = _spell(match[1])
        return f"{inner} ({match[2]} pogingen)" if inner else ""
    if found := _sentence(reason):
        return found
    match = _FROM.fullmatch(reason)
    if match is None:
        return ""
    name, said = match.groups()
    quoted = said.find(f' ({name} says: "')
    quote = _QUOTE.fullmatch(said[quoted:]) if quoted >= 0 else None
    if quote is not None:
        found = _sentence(said[:quoted])
        return f'{name}: {found} ({name} zegt: "{quote[1]}")' if found else ""
    if (status := _STATUS.fullmatch(said)) and (found := _sentence(status[1])):
        return f"{name}: {found} (status {status[2]})"
    found = _sentence(said)
    return f"{name}: {found}" if found else ""


def _sentence(said: str) -> str:
    if said in DUTCH_REFUSALS:
        return DUTCH_REFUSALS[said]
    for english, dutch in _SENTENCES:
        if match := english.fullmatch(said):
            return dutch.format(*map(_name, match.groups()))
    return ""


def _name(named: str) -> str:
    """Return what stands in a blank; a word or a reason of ours in Dutch."""
    return _NAMED.get(named) or _spell(named) or _WHEN.sub(r" om \1 op \2", named)
