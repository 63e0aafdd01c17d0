"""Lists every rule that judges a reply: what it says in both languages, its source, an example of each kind, and its function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from monitor.domain import Objection, Severity
from responders.policy import (
    binding,
    blame,
    complaint,
    corrections,
    form,
    harm,
    identity,
    masks,
    ownership,
    pressure,
    privacy,
    regret,
    repairs,
    safety,
    sources,
    tone,
    unknowns,
    vanishing,
    voice,
)
from responders.policy.context import Context


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of honesty as software holds it; texts and examples by language ("nl", "en")."""

    id: str
    severity: Severity
    check: Callable[[Context], Iterable[Objection]]
    says: Mapping[str, str]
    source: str
    """Where the rule comes from."""
    good: Mapping[str, str]
    bad: Mapping[str, str]
    any_language: bool = False
    """Whether it also judges German, French and languages nobody here knows."""


_RED, _AMBER, _HINT = Severity.RED, Severity.AMBER, Severity.HINT
_TOO_LONG = "slot " * 60
"""The example of a text that X does not take."""

_RULES = (
    Rule(
        "R1",
        _RED,
        identity.identity,
        says={
            "nl": "het antwoord zegt zelf wie we zijn en voor wie we spreken",
            "en": "the reply itself says who we are and for whom we speak",
        },
        source="US Air Force Web Posting Response Assessment; FTC endorsement FAQ; EU UCPD annex I no. 22",
        good={"nl": "Eva van Waalfiets hier.", "en": "Eva from Waalfiets here."},
        bad={"nl": "Wat vervelend van je Waalfiets. Eva", "en": "Sorry about your Waalfiets. Eva"},
    ),
    Rule(
        "R2",
        _RED,
        complaint.names_complaint,
        says={
            "nl": "het antwoord noemt de klacht in eigen woorden: het ding, de plek, de datum",
            "en": "the reply names the complaint in our own words: the thing, the place, the date",
        },
        source="van Hooijdonk & Liebrecht 2018",
        good={"nl": "Een slot dat dicht blijft bij Lent, dat hoort niet.", "en": "A lock that stays shut at Lent is no good."},
        bad={"nl": "Wat vervelend om te horen.", "en": "Sorry to hear about your experience."},
    ),
    Rule(
        "R3",
        _RED,
        ownership.first_person_ownership,
        says={"nl": "zaten wij fout, dan zeggen we dat in de eerste persoon", "en": "if we were wrong, we say so in the first person"},
        source="Lewicki, Polin & Lount 2016",
        good={"nl": "Dat is onze fout.", "en": "That was our mistake."},
        bad={"nl": "Er ging iets mis met het slot.", "en": "Something went wrong with the lock."},
    ),
    Rule(
        "R4",
        _RED,
        repairs.repair,
        says={
            "nl": "zaten wij fout, dan noemen we het herstel en een stap die na te gaan is",
            "en": "if we were wrong, we name the repair and a step that can be checked",
        },
        source="Lewicki, Polin & Lount 2016",
        good={"nl": "Vrijdag storten we je ritkosten terug.", "en": "On Friday we refund your ride."},
        bad={"nl": "We gaan hier beter op letten.", "en": "We will do better next time."},
    ),
    Rule(
        "R5",
        _RED,
        regret.regrets,
        says={
            "nl": "zaten wij fout, dan zeggen we dat het ons spijt, en wat er misging",
            "en": "if we were wrong, we say that we regret it, and what went wrong",
        },
        source="Lewicki, Polin & Lount 2016",
        good={"nl": "Het spijt me dat het slot dicht bleef.", "en": "I am sorry that the lock stayed shut."},
        bad={"nl": "Het slot bleef dicht door onze fout.", "en": "The lock stayed shut by our mistake."},
    ),
    Rule(
        "R6",
        _RED,
        unknowns.says_unknown,
        says={
            "nl": "weten we het nog niet, dan zeggen we dat, wat we uitzoeken en wanneer we terugkomen",
            "en": "if we do not know yet, we say so, what is being found out, and when we come back",
        },
        source="Coombs, Situational Crisis Communication Theory",
        good={
            "nl": "We weten nog niet waarom. We zoeken het uit en laten het hier morgen om 12 uur weten.",
            "en": "We don't know why yet. We are finding out and will post here by noon tomorrow.",
        },
        bad={"nl": "We komen er zo snel mogelijk op terug.", "en": "We will get back to you as soon as possible."},
    ),
    Rule(
        "R7",
        _RED,
        sources.sources,
        says={"nl": "elk feit dat de schrijver verbetert heeft een bron", "en": "each fact that corrects the author has a source"},
        source="US Air Force Web Posting Response Assessment",
        good={
            "nl": "Wij verkopen geen locatiegegevens aan adverteerders, zie artikel 4 van onze privacyverklaring.",
            "en": "We sell no location data to advertisers: see article 4 of our privacy statement.",
        },
        bad={"nl": "Wij verkopen geen locatiegegevens aan adverteerders.", "en": "We sell no location data to advertisers."},
    ),
    Rule(
        "R8",
        _RED,
        harm.concern_before_defence,
        says={
            "nl": "wie gewond is krijgt medeleven, voordat we ons verdedigen",
            "en": "concern for anyone harmed comes before any defence",
        },
        source="Coombs, Situational Crisis Communication Theory",
        good={
            "nl": "Wat erg dat je gevallen bent. Onze remmen worden nagekeken.",
            "en": "I am so sorry that you were hurt. Our brakes are being checked.",
        },
        bad={"nl": "Onze remmen worden altijd gecontroleerd. Beterschap.", "en": "Our brakes are always checked. Get well soon."},
    ),
    Rule(
        "R9",
        _AMBER,
        safety.safety_first,
        says={
            "nl": "bij gevaar staat voorop wat mensen moeten doen om veilig te zijn",
            "en": "in danger, what people must do to stay safe comes first",
        },
        source="Coombs, Situational Crisis Communication Theory",
        good={"nl": "Fiets er niet verder op en zet hem op slot. Hoe gaat het met je?", "en": "Stop riding it and lock it. How are you?"},
        bad={"nl": "We zoeken uit wat er met je rem was.", "en": "We are finding out what happened to your brake."},
    ),
    Rule(
        "R10",
        _RED,
        voice.human_voice,
        says={
            "nl": "een mens spreekt: een naam of initialen, de eerste persoon, een uitnodiging om te antwoorden",
            "en": "a person speaks: a name or initials, the first person, an invitation to answer",
        },
        source="van Hooijdonk & Liebrecht 2018",
        good={"nl": "Wij zoeken het uit. Wat zag je zelf? ^EK", "en": "We are finding out. What did you see yourself? ^EK"},
        bad={"nl": "Het slot wordt onderzocht.", "en": "The lock is being examined."},
    ),
    Rule(
        "R11",
        _RED,
        form.language_and_address,
        says={"nl": "de taal en de aanspreekvorm van de schrijver", "en": "the author's language and form of address"},
        source="van Hooijdonk & Liebrecht 2018",
        good={"nl": "We zoeken uit waarom je slot dicht bleef.", "en": "We are finding out why your lock stayed shut."},
        bad={"nl": "Wij zoeken uit waarom uw slot dicht bleef; je hoort het.", "en": "Wij zoeken uit waarom je slot dicht bleef."},
        any_language=True,
    ),
    Rule(
        "R12",
        _RED,
        form.fits_platform,
        says={"nl": "past binnen de grens van het netwerk, zoals dat telt", "en": "fits the network's limit as that network counts"},
        source="the networks' own pages, named in limits",
        good={"nl": "Kort.", "en": "Short."},
        bad={"nl": _TOO_LONG, "en": _TOO_LONG},
        any_language=True,
    ),
    Rule(
        "N1",
        _RED,
        regret.non_apology,
        says={
            "nl": "geen nepexcuus: niet over het gevoel van de ander, niet ‘als’ of ‘eventueel’, niet zonder dader",
            "en": 'no non-apology: not about how the other feels, not "if" or "any", not without anybody who did it',
        },
        source="Lewicki, Polin & Lount 2016",
        good={"nl": "We hebben een fout gemaakt en het spijt me.", "en": "We made a mistake and I am sorry."},
        bad={"nl": "Vervelend dat je dit zo ervaart.", "en": "We are sorry that you see it as a mistake."},
    ),
    Rule(
        "N2",
        _AMBER,
        blame.blame,
        says={"nl": "geen schuld bij de klant of een zondebok", "en": "no blame of the customer or a scapegoat"},
        source="Coombs, Situational Crisis Communication Theory",
        good={"nl": "Wij hadden je moeten bellen.", "en": "We should have called you."},
        bad={"nl": "Je had de app moeten herstarten.", "en": "You should have restarted the app."},
    ),
    Rule(
        "N3",
        _RED,
        corrections.denial,
        says={
            "nl": "niets ontkennen wat niet met bron is weerlegd, en nooit ontkennen en excuses maken tegelijk",
            "en": "deny nothing that is not refuted with a source, and never deny and apologise at once",
        },
        source="Coombs, Situational Crisis Communication Theory",
        good={"nl": "We zoeken uit of er gegevens zijn verkocht.", "en": "We are finding out whether data were sold."},
        bad={"nl": "Dat is niet waar.", "en": "That is not true."},
    ),
    Rule(
        "N4",
        _RED,
        binding.unsourced,
        says={
            "nl": "geen feit, toezegging, bedrag, datum of oorzaak zonder bron",
            "en": "no fact, promise, amount, date or cause without a source",
        },
        source="EU AI Act art. 50(4), for the record behind each statement",
        good={"nl": "We zoeken uit wat er met het slot was.", "en": "We are finding out what happened to the lock."},
        bad={"nl": "Ik heb je account nagekeken: alles is opgelost.", "en": "I checked your account: everything is fixed."},
    ),
    Rule(
        "N5",
        _RED,
        form.blanks,
        says={"nl": "geen open plek", "en": "no unfilled blank"},
        source="our own",
        good={"nl": "Vrijdag hoor je van me.", "en": "You will hear from me on Friday."},
        bad={"nl": "Op [datum] hoor je van me.", "en": "You will hear from me on [date]."},
        any_language=True,
    ),
    Rule(
        "N6",
        _RED,
        privacy.personal_data,
        says={
            "nl": "geen persoonsgegevens van wie ook, en er niet in het openbaar om vragen",
            "en": "no personal data of anyone, and no request to post them in public",
        },
        source="GDPR",
        good={"nl": "Stuur hier géén bsn.", "en": "Please don't post your date of birth here."},
        bad={"nl": "Kun je hier je geboortedatum zetten?", "en": "Could you post your date of birth here?"},
        any_language=True,
    ),
    Rule(
        "N7",
        _RED,
        complaint.sent_elsewhere,
        says={"nl": "‘stuur een DM’ is niet het hele antwoord", "en": '"please DM us" is not the whole answer'},
        source="Golmohammadi et al. 2021",
        good={
            "nl": "We weten nog niet waarom het slot dicht bleef. Liever privé? Stuur een DM.",
            "en": "We don't know yet why the lock stayed shut. Rather in private? Send a DM.",
        },
        bad={"nl": "Wat vervelend! Stuur ons een DM.", "en": "Sorry to hear that! Please DM us."},
    ),
    Rule(
        "N8",
        _RED,
        tone.slogans,
        says={
            "nl": "geen reclame, slogans of standaardzinnen, en niet dezelfde tekst aan meer mensen",
            "en": "no marketing, slogans or boilerplate, and not the same text to several people",
        },
        source="US Air Force Web Posting Response Assessment",
        good={"nl": "Dank dat je dit meldt.", "en": "Thanks for telling us."},
        bad={"nl": "Wij nemen dit zeer serieus.", "en": "We take this very seriously."},
    ),
    Rule(
        "N9",
        _AMBER,
        tone.humour,
        says={"nl": "geen grap, ironie of terzijde onder een klacht", "en": "no humour, irony or asides under a complaint"},
        source="van Hooijdonk & Liebrecht 2018",
        good={"nl": "Je hebt gelijk.", "en": "You are right."},
        bad={"nl": "Gelukkig is wandelen gezond!", "en": "At least you got some exercise!"},
    ),
    Rule(
        "N10",
        _RED,
        pressure.pressure,
        says={
            "nl": "niet dreigen, niet vragen om te verwijderen, daar niets voor beloven",
            "en": "no threats, no request to delete a post, no reward for deleting",
        },
        source="US Air Force Web Posting Response Assessment",
        good={"nl": "Je hoeft je bericht niet te verwijderen.", "en": "You don't have to delete your post."},
        bad={"nl": "Wil je je bericht verwijderen?", "en": "Please delete your post."},
        any_language=True,
    ),
    Rule(
        "N12",
        _RED,
        masks.mask,
        says={
            "nl": "nooit doen alsof we een klant, buitenstaander of tweede account zijn",
            "en": "never pose as a customer, an outsider or a second account",
        },
        source="FTC endorsement FAQ; EU UCPD annex I no. 22",
        good={"nl": "Eva van Waalfiets hier. Ik fiets zelf ook elke dag.", "en": "Eva from Waalfiets here. I'm a cyclist myself."},
        bad={"nl": "Als tevreden klant van Waalfiets merk ik niets.", "en": "As a happy Waalfiets customer I notice nothing."},
    ),
    Rule(
        "N13",
        _HINT,
        regret.forgiveness,
        says={"nl": "niet om vergeving vragen", "en": "do not ask for forgiveness"},
        source="Lewicki, Polin & Lount 2016",
        good={"nl": "Het spijt ons.", "en": "We are sorry."},
        bad={"nl": "Vergeef ons alsjeblieft.", "en": "Please forgive us."},
    ),
    Rule(
        "N14",
        _AMBER,
        vanishing.hidden_removal,
        says={"nl": "niet verbergen dat we iets weghaalden", "en": "do not hide that we removed something"},
        source="US Air Force Web Posting Response Assessment",
        good={
            "nl": "Wij hebben je reactie verwijderd omdat er een telefoonnummer in stond.",
            "en": "We removed your comment because it held a phone number.",
        },
        bad={"nl": "Je reactie is verdwenen.", "en": "Your comment has disappeared."},
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _RULES})
