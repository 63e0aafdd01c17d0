"""Every key that the files may hold, what it must be and what it is for: the one list that reading, messages and docs share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table."""

    kind: str
    """A name among the readers in `values.py`."""
    help: str
    """What it is for, in one sentence that also fits after "is missing:"."""
    required: bool = False
    default: Any = None
    """For the docs; the default itself stands in the dataclass that the table becomes."""
    choices: tuple[str, ...] = ()
    least: timedelta | int | None = None
    most: timedelta | int | None = None


BRAND: Mapping[str, Key] = {
    "id": Key("slug", "a short name for this brand, used in commands and in the other files", required=True),
    "name": Key("text", "the brand's name as people know it", required=True),
    "terms": Key("terms", "the words and phrases that make a post a mention of this brand", required=True),
    "exclude": Key("phrases", "a post with one of these words or phrases is not about us"),
    "require": Key("phrases", "if given, a post must hold at least one of these besides a term"),
    "description": Key("text", "what we are, in a sentence; given, posts about the ordinary word that our name may be are put aside"),
    "languages": Key("languages", "the languages in which people write to us, the most usual first", default=["nl", "en"]),
    "timezone": Key("timezone", "where we work, as a place in the list of time zones", default="Europe/Amsterdam"),
    "handles": Key("handles", "our own accounts on any network; who names one addresses us"),
    "hashtags": Key("handles", "our own hashtags"),
    "own_communities": Key("texts", "channels, groups or subreddits that are ours"),
    "blocked_communities": Key("texts", "mourning, health and support communities, where we never answer (T13)"),
    "blocked_authors": Key("texts", "accounts devoted to degrading others, which we do not answer (T2)"),
    "signature": Key("text", "the name or initials that end a reply, such as ^EK (R10)"),
    "speaks_as": Key("text", "how a reply says who speaks (R1); the brand's name where it is not given"),
    "formality": Key("formality", "the form of address by language, where the post shows none (R11)"),
    "owner": Key("text", "who is told of danger, press, law and leaks (T12)"),
    "retain_days": Key("whole", "after how many days this brand's posts are erased; else as [monitor] says", least=1, most=3650),
}

TERM: Mapping[str, Key] = {
    "text": Key("phrase", "the word or phrase", required=True),
    "near": Key("phrases", "words of which one must stand near the term"),
    "within": Key("whole", "how many words away the nearest of them may stand", default=12, least=1, most=200),
    "case_sensitive": Key("flag", "whether capitals must be as written here", default=False),
}

MONITOR: Mapping[str, Key] = {
    "scorers": Key("names", "which scorers say how a post feels, asked in this order", required=True),
    "retain_days": Key(
        "whole",
        "after how many days posts are erased from our database, where neither source nor brand says so",
        default=365,
        least=1,
        most=3650,
    ),
}

_TOLD_IN = Key("choice", "the language in which it is written; the first language of its first brand otherwise", choices=("nl", "en"))
DIGEST: Mapping[str, Key] = {
    "at": Key("time", "when the daily digest is made", default="08:00"),
    "timezone": Key("timezone", "whose clock `at` means", default="Europe/Amsterdam"),
    "language": _TOLD_IN,
    "weekly": Key("flag", "whether Mondays bring a digest of the week before as well", default=True),
    "when_empty": Key(
        "flag", "whether a day on which nothing was said still gets its short digest, as a sign that we listened", default=True
    ),
}

BRAND_DIGEST: Mapping[str, Key] = {
    "to": Key("texts", "the mail addresses to which it goes; those of the notifier where they are not given"),
    "by": Key("names", "the names of the notifiers by which it goes; all that get the digest where they are not given"),
    "at": Key("time", "when it is made; as in [digest] where it is not given"),
    "timezone": Key("timezone", "whose clock `at` means; the brand's own where it is not given"),
    "language": Key("choice", "the language in which it is written; the brand's first otherwise", choices=("nl", "en")),
    "weekly": Key("flag", "as in [digest], and as there where it is not given"),
    "when_empty": Key("flag", "as in [digest], and as there where it is not given"),
}
"""A brand with such a table has a digest of its own, and stands in the common one no more."""

SOURCE: Mapping[str, Key] = {
    "name": Key("text", "your own name for this source; keep it, for we remember under it how far we have read", required=True),
    "kind": Key("text", "what kind of source it is", required=True),
    "brands": Key("names", "the ids of the brands it is read for; all where it is not given"),
    "every": Key("duration", "how often it is read", default="10m", least=timedelta(seconds=10), most=timedelta(days=7)),
    "recheck_every": Key(
        "duration",
        "how often it is asked whether what was read still stands there; never less often than the network's terms want",
        default="24h",
        least=timedelta(seconds=10),
        most=timedelta(hours=24),
    ),
    "cap_per_day": Key("amount", "what it may cost in a day (UTC), in dollars or in the network's units"),
    "retain_days": Key(
        "whole", "after how many days what it read is erased; 30 for X, else as the brand or [monitor] says", least=1, most=3650
    ),
    "cap_per_month": Key("amount", "what it may cost in a month; at a cap only what was written to us is still read"),
}
"""Besides these a source takes the options of its kind."""

GRAVITIES = ("low", "high", "critical")
"""How grave an incident is, as people write it."""

ONCALL: Mapping[str, Key] = {
    "timezone": Key("timezone", "whose clock the hours below mean", default="Europe/Amsterdam"),
    "language": Key("choice", "the language of the pages; the brand's own where it is not given", choices=("nl", "en")),
    "escalate_after": Key(
        "duration",
        "after how long a page that nobody acknowledged goes on to the next person",
        default="15m",
        least=timedelta(minutes=2),
        most=timedelta(days=1),
    ),
    "repeat_every": Key(
        "duration",
        "how often it is repeated once everybody had it",
        default="1h",
        least=timedelta(minutes=5),
        most=timedelta(days=7),
    ),
    "most_pages": Key("whole", "how many pages may go out within an hour; the rest is told in one summary", default=6, least=1, most=100),
    "quiet_hours": Key("text", 'when only what is grave enough is told, such as "22:00-07:00"; the rest waits until they end'),
    "wakes": Key("choice", "what is as grave as this is told in quiet hours too", default="critical", choices=GRAVITIES),
    "danger_after": Key(
        "duration",
        "after how long a danger (T12) that nobody looked at pages by itself",
        default="15m",
        least=timedelta(minutes=1),
        most=timedelta(days=1),
    ),
    "link": Key("url", "an address that stands in every page, such as that of your run book"),
    "calendar": Key("text", "a calendar in iCal format that says who is on call: a file in this folder, or an https address"),
    "calendar_words": Key(
        "names", "words of which one must stand in an event's title so that it counts; all events count where none is given"
    ),
    "allow_private": Key("names", "the calendar's host, where it lies in a network of your own"),
}

PERSON: Mapping[str, Key] = {
    "name": Key("text", "whom the calendar may name", required=True),
    "ways": Key("names", "the names of the notifiers that reach this person alone", required=True),
    "known_as": Key("names", "what else the calendar calls them, such as a first name or a mail address"),
}

SHIFT: Mapping[str, Key] = {
    "person": Key("text", "who can be woken then", required=True),
    "ways": Key("names", "the names of the notifiers that reach this person alone", required=True),
    "days": Key("names", "the days on which the shift begins, of mon, tue, wed, thu, fri, sat and sun; every day where it is not given"),
    "hours": Key("text", 'from when until when, such as "17:30-08:30"; the whole day where it is not given'),
    "weeks": Key("choice", "in which weeks, by their number in the year", default="all", choices=("all", "even", "odd")),
}

NOTIFIER: Mapping[str, Key] = {
    "name": Key("text", "your own name for this way; keep it, for we remember under it what was sent", required=True),
    "kind": Key("text", "what kind of way it is", required=True),
    "gets": Key("names", 'what is told by it: "digest", "pages" or both; a pager and a chat get pages alone where it is not given'),
    "least": Key("choice", "pages less grave than this do not go this way", default="low", choices=GRAVITIES),
    "instead_of": Key("text", "the name of another notifier: this one is told only what that one could not bring"),
}
"""Besides these a notifier takes the options of its kind."""

REPLIES: Mapping[str, Key] = {
    "expires_after": Key(
        "duration", "after how long a draft that nobody decided on expires", default="3d", least=timedelta(hours=1), most=timedelta(days=90)
    ),
    "drafter": Key("text", "what proposes the replies; llm needs the table [llm]", default="template"),
    "language": Key("choice", "the language of the desk at the terminal, and of what it answers", default="en", choices=("nl", "en")),
}

LLM: Mapping[str, Key] = {
    "model": Key("text", "the language model, as provider:name; with an api_url, as the service there calls it", required=True),
    "api_url": Key("url", "a service that speaks as OpenAI's does, such as a model on this machine; the provider's own otherwise"),
    "networks": Key("names", "the networks whose posts the model may read; all but x where it is not given (L1)"),
    "timeout": Key(
        "duration", "how long one draft may take, with both tries", default="20s", least=timedelta(seconds=1), most=timedelta(minutes=2)
    ),
    "cap_per_day": Key("whole", "so many tokens in a day (UTC) at most", default=200_000, least=1_000, most=1_000_000_000),
}

APPROVER: Mapping[str, Key] = {
    "name": Key("text", "the name of a person who may approve replies", required=True),
    "brands": Key("names", "the ids of the brands for which they may; all where it is not given"),
}

NETWORK: Mapping[str, Key] = {
    "delivery": Key("choice", "how an approved reply gets there", required=True, choices=("api", "assisted", "none")),
    "poster": Key("text", 'what publishes there; needed where delivery is "api"'),
    "account": Key("text", "our handle there"),
}
"""Besides these a network takes the options of its poster."""

ACCOUNT: Mapping[str, Key] = {
    "account": Key("text", "the account's handle there; keys of any other account are refused", required=True),
    "brands": Key("names", "the ids of the brands that answer from it, and from no other", required=True),
}
"""An account that brands have to themselves; besides these it takes the options of its network's poster, where they differ."""

CONSENTS: Mapping[str, Mapping[str, Key]] = {
    "x": {"x_ai_reply_approval": Key("reference", "where X's written approval of drafted replies by this account is found (L1)")},
    "reddit": {"reddit_app_approval": Key("flag", "true once Reddit has approved this app (L3)", default=False)},
}
"""What a network asks before a program may answer there, by network; kept among the network's options."""

SLACK: Mapping[str, Key] = {
    "channel": Key("text", "the id of the channel where cards go, such as C0123456789", required=True),
    "crisis_channel": Key("text", "the id of the channel for danger, press, law and leaks (T12); the other one where it is not given"),
    "language": Key("choice", "the language of the cards", default="en", choices=("nl", "en")),
    "transport": Key("choice", "how clicks reach us: socket needs no public address", default="socket", choices=("socket", "http")),
    "port": Key("whole", "with http, the port on this machine behind your own web server", default=3000, least=1, most=65_535),
    "api_url": Key("url", "where Slack's API is, if not at slack.com", default="https://slack.com/api/"),
    "remind_after": Key(
        "duration",
        "after how much working time a waiting card is recalled",
        default="30m",
        least=timedelta(minutes=1),
        most=timedelta(days=30),
    ),
    "escalate_after": Key(
        "duration",
        "after how much working time the next approver is asked",
        default="2h",
        least=timedelta(minutes=1),
        most=timedelta(days=30),
    ),
    "flood": Key("whole", "how many cards a channel gets in ten minutes; the rest waits in one list", default=20, least=1, most=200),
}

SLACK_APPROVER: Mapping[str, Key] = {
    "name": Key("text", "the person's name as it stands in the audit, or what you call the group", required=True),
    "user": Key("text", "the person's member id in Slack, such as U0123456789"),
    "group": Key("text", "the id of a user group in Slack, such as S0123456789"),
    "brands": Key("names", "the ids of the brands for which they may decide; all where it is not given"),
    "rules": Key("names", 'the rules on which they may decide, such as ["T12"]; all where it is not given'),
    "may_pause": Key("flag", "whether they may pause and restart all publishing", default=False),
}

SLACK_ROUTE: Mapping[str, Key] = {
    "channel": Key("text", "the id of the channel", required=True),
    "brands": Key("names", "the ids of the brands whose cards go there; all where it is not given"),
    "languages": Key("languages", "the languages of the posts; all where it is not given"),
    "severities": Key("names", 'how serious they are: "crisis", "high" or "normal"; all where it is not given'),
    "rules": Key("names", 'the rules of which one flagged them, such as ["T11"]; all where it is not given'),
    "shown_in": Key("choice", "the language of the cards there", choices=("nl", "en")),
}

SLACK_BRAND: Mapping[str, Key] = {
    "brand": Key("text", "the id of the brand", required=True),
    "owner": Key("text", "the member id in Slack of whoever is called to a crisis (T12)"),
    "working_days": Key("names", "the days on which people work", default=["mon", "tue", "wed", "thu", "fri"]),
    "working_hours": Key("text", "from when to when people work; only this time counts for reminders", default="09:00-17:30"),
    "quiet_hours": Key("text", "from when to when nothing but a crisis is sent", default=""),
}

FACT: Mapping[str, Key] = {
    "id": Key("slug", "a short name for this fact", required=True),
    "brand": Key("text", "the id of the brand it is about; the file's own name where it is not given"),
    "text": Key("translations", 'the fact in each language, as in text.en = "…"', required=True),
    "source": Key("text", "how we know: an address, or the name and role of a person", required=True),
    "topics": Key("texts", "words of a post, in any language, that make this fact about it"),
    "responsible": Key("flag", "true: it was our fault; false: it was not; leave it out while nobody knows (R3, R6)"),
    "repair": Key("translations", "what we do to put it right, in each language, with a step that people can check (R4)"),
    "valid_from": Key("date", "the first day on which it may be used"),
    "valid_until": Key("date", "the last day on which it may be used"),
    "confidential": Key("flag", "whether it is for approvers only and never goes into a reply", default=False),
    "approved_by": Key("text", "who checked it"),
}

BRANDS_FILE: Mapping[str, Key] = {"brand": Key("tables", "a brand to listen for", required=True)}
MONITOR_FILE: Mapping[str, Key] = {
    "monitor": Key("table", "how the monitor judges and keeps what it reads", required=True),
    "digest": Key("table", "when the daily digest is made; [digest.<brand>] under it gives a brand one of its own"),
    "source": Key("tables", "a place where posts are read"),
    "notifier": Key("tables", "a way in which our own people get the digest and pages; they are printed where there is none"),
    "oncall": Key("table", "who is woken when it hurts, and when"),
}
RESPONDERS_FILE: Mapping[str, Key] = {
    "replies": Key("table", "what becomes of drafts"),
    "llm": Key("table", "which language model drafts, what it may read and cost"),
    "approver": Key("tables", "a person who may approve replies"),
    "network": Key("named tables", "how we may answer on one network"),
    "slack": Key("table", "where and by whom replies are approved in Slack"),
}
FACTS_FILE: Mapping[str, Key] = {"fact": Key("tables", "a sourced statement that a reply may use")}

KEYS: Mapping[str, Mapping[str, Mapping[str, Key]]] = {
    "brands.toml": {"[[brand]]": BRAND, "terms of a [[brand]]": TERM},
    "monitor.toml": {
        "[monitor]": MONITOR,
        "[digest]": DIGEST,
        "[digest.<brand>]": BRAND_DIGEST,
        "[[source]]": SOURCE,
        "[[notifier]]": NOTIFIER,
    }
    | {"[oncall]": ONCALL, "[[oncall.shift]]": SHIFT, "[[oncall.person]]": PERSON},
    "responders.toml": {"[replies]": REPLIES, "[llm]": LLM, "[[approver]]": APPROVER, "[network.<name>]": NETWORK}
    | {f"[network.{name}]": consents for name, consents in CONSENTS.items()}
    | {"[network.<name>.accounts.<own name>]": ACCOUNT}
    | {"[slack]": SLACK, "[[slack.approver]]": SLACK_APPROVER, "[[slack.route]]": SLACK_ROUTE, "[[slack.brand]]": SLACK_BRAND},
    "facts/<brand>.toml": {"[[fact]]": FACT},
}
"""By file and table: what docs/settings.md must explain."""

FORMS_OF_ADDRESS: Mapping[str, tuple[str, ...]] = {"nl": ("je", "u"), "fr": ("tu", "vous"), "de": ("du", "Sie")}

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu "
    "fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn "
    "ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os "
    "pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw "
    "ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
LANGUAGES = frozenset(_CODES.split())
"""The two-letter codes of ISO 639-1."""

LANGUAGE_NAMES: Mapping[str, str] = {
    "dutch": "nl", "nederlands": "nl", "nld": "nl", "dut": "nl", "vlaams": "nl",
    "english": "en", "engels": "en", "eng": "en", "gb": "en", "us": "en",
    "german": "de", "duits": "de", "deutsch": "de", "deu": "de", "ger": "de",
    "french": "fr", "frans": "fr", "francais": "fr", "français": "fr", "fra": "fr", "fre": "fr",
    "spanish": "es", "spaans": "es", "español": "es", "spa": "es",
    "italian": "it", "italiaans": "it", "ita": "it",
    "turkish": "tr", "turks": "tr", "tur": "tr",
    "polish": "pl", "pools": "pl", "pol": "pl",
    "arabic": "ar", "arabisch": "ar", "ara": "ar",
    "ukrainian": "uk", "oekraïens": "uk", "ukr": "uk",
    "frisian": "fy", "fries": "fy", "frysk": "fy", "fry": "fy",
    "chinese": "zh", "chinees": "zh", "zho": "zh", "cn": "zh",
    "japanese": "ja", "japans": "ja", "jp": "ja",
}  # fmt: skip
"""What people write where a code is meant."""
