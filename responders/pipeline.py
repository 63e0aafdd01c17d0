"""Answering, in order: delivery → draft → objections → a person → claim → read back → look again → send → record. Written here only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from monitor.contracts import AdapterError, RateLimited, Rejected, Unavailable
from monitor.domain import Action, Brand, Delivery, Draft, Fact, History, Mention, Objection, ReplyStatus, StoredMention
from monitor.settings import NetworkSettings
from responders import delivery, policy
from responders.accounts import account_for, identity, speaks_as
from responders.attempts import SEND_LIMIT, AttemptStore, Claim, back_off
from responders.contracts import Drafter, NotSent, Poster, Standing, passing_seconds, send_until
from responders.factcheck import standing, withheld
from responders.limits import limit_for
from responders.store import ReplyStore

Clock = Callable[[], datetime]
Step = Callable[[str], None]
"""Told the name of each step as it is done; by default nobody listens. Tests use it to stop a process at every point."""

BATCH = 100
READ_BACK_AFTER = timedelta(seconds=15)
"""How long after an unclear send we look whether it stands there: networks show a new text within seconds."""
READ_BACK_WITHIN = timedelta(minutes=1)
"""Where that look fails too, the next one comes so soon at the latest: nobody knows what stands in public in our name."""
LOOK_ON = timedelta(days=1)
"""So long after a person was asked we look on by ourselves."""


NOWHERE: Mapping[str, NetworkSettings] = MappingProxyType({})
Longest = Callable[[Mention], int | None]
"""How long a reply to a mention may be, as the server of our account told; None where it never did."""
NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})


def _as_the_network(_mention: Mention) -> int | None:
    return None


def _no_step(_name: str) -> None:
    return None


def usable_facts(facts: Sequence[Fact], brand: str, today: date) -> tuple[Fact, ...]:
    """Return what a reply of this brand may state today: valid, public facts that tell nothing of a confidential one."""
    valid = [fact for fact in facts if fact.brand == brand and standing(fact, today) == "valid"]
    secrets = [fact for fact in valid if fact.confidential]
    return tuple(fact for fact in valid if not fact.confidential and not withheld(fact, secrets))


def draft(
    store: ReplyStore,
    drafters: Sequence[Drafter],
    brands: Mapping[str, Brand],
    facts: Sequence[Fact],
    networks: Mapping[str, NetworkSettings],
    expires_after: timedelta,
    clock: Clock,
    *,
    longest: Longest = _as_the_network,
    step: Step = _no_step,
) -> int:
    """Propose a reply for each mention that waits for one, or record why there is none; returns how many were drafted."""
    done = 0
    while queued := store.queued(BATCH):
        for stored in queued:
            done += _draft_one(store, drafters, brands, facts, networks, expires_after, clock(), stored, longest(stored.mention))
            step("drafted")
    return done


def _draft_one(
    store: ReplyStore,
    drafters: Sequence[Drafter],
    brands: Mapping[str, Brand],
    facts: Sequence[Fact],
    networks: Mapping[str, NetworkSettings],
    expires_after: timedelta,
    now: datetime,
    stored: StoredMention,
    longest: int | None,
) -> bool:
    brand = brands.get(stored.mention.brand)
    if brand is None:
        reason = f"brand {stored.mention.brand} is no longer in brands.toml"
        store.leave_unanswered(stored, "", reason, now)
        return False
    history = store.history(stored)
    mode, reason = delivery.decide(stored, brand, account_for(networks, stored.mention), history)
    if mode is Delivery.NONE:
        store.leave_unanswered(stored, _rule_in(reason), reason, now)
        return False
    known = usable_facts(facts, brand.id, now.date())
    room = room_for(stored.mention, longest)
    proposal = next((found for drafter in drafters if (found := drafter.draft(stored, brand, known, longest=room))), None)
    if proposal is None:
        # Nobody who may be answered is lost: a person gets an empty card, which N5 blocks until they have written (T10, T11).
        proposal = Draft(BLANK.get(stored.language, BLANK["en"]), "nobody", (), stored.language)
        reason = f"{reason} No draft: {_why_none(drafters, stored, brand, known, room)}"
    else:
        proposal = addressed(proposal, stored.mention)
    earlier = store.earlier_texts(brand.id, except_mention=stored.id)
    objections = policy.review(
        proposal.text, stored, brand, [*known, *(f for f in proposal.facts if f not in known)], history, now, earlier, longest=longest
    )
    escalated = stored.triage is not None and stored.triage.action is Action.ESCALATE
    saved = store.save_draft(
        stored, proposal, mode, reason, objections, approvals_needed=2 if escalated else 1, at=now, expires_at=now + expires_after
    )
    return saved is not None


def offers(
    drafters: Sequence[Drafter], stored: StoredMention, brand: Brand, facts: Sequence[Fact], longest: int | None = None
) -> list[Draft]:
    """Return what a person may take instead of a draft: every text that a drafter can propose at once, shorter and fuller ones too."""
    room = room_for(stored.mention, longest)
    found = [draft for drafter in drafters for draft in getattr(drafter, "offers", lambda *_, **__: ())(stored, brand, facts, longest=room)]
    return [addressed(draft, stored.mention) for draft in found]


_HANDLE = re.compile(r"@[A-Za-z0-9_.-]{1,100}(?:@[\w.-]{1,253})?")
"""A handle of Mastodon; anything else that calls itself one, an import's for instance, does not go into our words."""


def addressed(draft: Draft, mention: Mention) -> Draft:
    """Begin a reply on Mastodon with its author's handle: there only who is named in a reply is told of it."""
    named = _named_first(mention)
    return replace(draft, text=named + draft.text) if named and named.strip().casefold() not in draft.text.casefold() else draft


def room_for(mention: Mention, longest: int | None) -> int | None:
    """Return how long a draft may be, so that it still fits with the handle that is put before it; None: as on the network."""
    named = _named_first(mention)
    limit = limit_for(mention.network, longest)
    return limit.characters - limit.count(named) if named and limit.characters is not None else longest


def _named_first(mention: Mention) -> str:
    """Return the handle that a reply begins with, and the space after it; "" where it begins with none."""
    handle = "@" + mention.author.handle.lstrip("@")
    return f"{handle} " if mention.network == "mastodon" and _HANDLE.fullmatch(handle) else ""


BLANK: Mapping[str, str] = {"nl": "[Schrijf hier zelf een antwoord]", "en": "[Write the answer yourself]"}
"""The text of a card for which no drafter had anything honest to say."""


def _why_none(drafters: Sequence[Drafter], stored: StoredMention, brand: Brand, known: Sequence[Fact], longest: int | None) -> str:
    """Return a drafter's own reason for having no draft, where it gives one."""
    reasons = (getattr(drafter, "why_none", lambda *_, **__: "")(stored, brand, known, longest=longest) for drafter in drafters)
    return next((reason for reason in reasons if reason), "there is no fact and no phrase that fits; a person writes this one.")


def _rule_in(reason: str) -> str:
    """Return the first rule id that a delivery's reason names, such as "T8"; "" where it names none."""
    found = re.search(r"\b[TL]\d{1,2}\b", reason)
    return found.group() if found else ""


def object_to(
    text: str,
    stored: StoredMention,
    brand: Brand,
    facts: Sequence[Fact],
    history: History,
    now: datetime,
    earlier: Sequence[str],
    longest: int | None = None,
) -> tuple[Objection, ...]:
    """Hold a person's own text against the rules, as a draft is."""
    return policy.review(text, stored, brand, usable_facts(facts, brand.id, now.date()), history, now, earlier, longest=longest)


def publish(
    store: AttemptStore,
    posters: Mapping[str, Poster],
    reply_id: int,
    worker: str,
    clock: Clock,
    *,
    networks: Mapping[str, NetworkSettings] = NOWHERE,
    handles: Mapping[str, Sequence[str]] = NOBODY,
    step: Step = _no_step,
) -> str:
    """Publish one approved reply, once; returns in a word what came of it ("" where it was not ours to do).

    The order is the promise (DESIGN "Publishing once"): claim, committed → is the account still the one it was approved for → read back if
    an earlier attempt may have reached the network → is the mention still there, unedited, unanswered → one send → record. What is unclear
    is never sent again blindly. `posters` are by the key of their account; without `networks` each network has its common one alone.
    `handles` are those of each brand, under which a colleague may have answered.
    """
    claim = store.claim(reply_id, worker, clock())
    if claim is None:
        return ""
    step("claimed")
    mention = claim.reply.mention.mention
    account = account_for(networks, mention)
    if not speaks_as(account, claim.reply.account):
        # From another account we see neither what an earlier attempt may have left, nor what was approved.
        reason = _other_account(claim, identity(account)) if account else _no_poster(mention.network)
        store.needs_review(claim, reason, clock(), refused=not claim.sent_before)
        return "needs_review"
    poster = posters.get(account.key if account else mention.network)
    if poster is None:
        store.needs_review(claim, _no_poster(mention.network), clock(), refused=True)
        return "needs_review"
    if claim.sent_before and (settled := _read_back(store, poster, claim, clock, step)):
        return settled
    if settled := _look_again(store, poster, claim, handles.get(mention.brand, ()), clock, step):
        return settled
    # Taken before the last look, so that a process that stands still anywhere after it sends nothing once its claim may have run out.
    end = passing_seconds() + SEND_LIMIT.total_seconds()
    if not store.still_ours(claim, clock()):
        # After a pause it goes out at once; a machine so busy that its claims run out is not helped by being asked at once again.
        ran_out = clock() + SEND_LIMIT >= claim.until
        retry_at = clock() + back_off(claim.number) if ran_out else clock()
        store.not_sent(claim, retry_at, "publishing was paused, or the claim ran out, before the send", clock())
        return "released"
    step("before the send")
    with send_until(end):
        return _send(store, poster, claim, clock, step)


def _no_poster(network: str) -> str:
    return f"no poster is configured for {network} any more: add [network.{network}]"


def _other_account(claim: Claim, now: str) -> str:
    approved, now = claim.reply.account or "the common account", now or "an account without a name"
    why = f"it was approved to go out from {approved}, and responders.toml names {now} for this brand now; nothing was sent from there"
    return f"nobody can tell whether it was posted: {why}" if claim.sent_before else why


def _read_back(store: AttemptStore, poster: Poster, claim: Claim, clock: Clock, step: Step) -> str:
    try:
        found = poster.find(claim.reply)
    except Rejected as error:
        store.needs_review(claim, f"reading back cannot tell whether it was posted: {error}", clock(), refused=False)
        return "needs_review"
    except AdapterError as error:
        _heed(store, claim, error, clock)
        again = error.retry_at if isinstance(error, RateLimited) else clock() + min(back_off(claim.number), READ_BACK_WITHIN)
        store.ambiguous(claim, f"reading back failed: {error}", clock(), again)
        return "unclear"
    step("read back")
    if found is None:
        return ""
    store.posted(claim, found, clock(), found=True)
    step("recorded")
    return "posted"


def _look_again(store: AttemptStore, poster: Poster, claim: Claim, handles: Sequence[str], clock: Clock, step: Step) -> str:
    try:
        standing = poster.standing(claim.reply)
        colleague = poster.answered_by(claim.reply, handles) if handles and standing is Standing.UNCHANGED else ""
    except Rejected as error:
        store.needs_review(claim, str(error), clock(), refused=True)
        return "needs_review"
    except AdapterError as error:
        _heed(store, claim, error, clock)
        retry_at = error.retry_at if isinstance(error, RateLimited) else clock() + back_off(claim.number)
        store.not_sent(claim, retry_at, f"could not look at the mention before sending: {error}", clock())
        return "put off"
    step("looked again")
    if colleague:
        reason = f"T14: {colleague}, another account of this brand, has answered the mention already, so a second is not posted"
        store.cancelled(claim, "T14", reason, clock(), gone=False)
        step("cancelled")
        return "cancelled"
    if standing is Standing.UNCHANGED:
        return ""
    if standing is Standing.UNKNOWN:
        store.needs_review(claim, "nobody can tell whether the mention still stands as it was read", clock(), refused=True)
        return "needs_review"
    rule, reason = STALE[standing]
    store.cancelled(claim, rule, reason, clock(), gone=standing is Standing.GONE)
    step("cancelled")
    return "cancelled"


STALE: Mapping[Standing, tuple[str, str]] = {
    Standing.GONE: ("T15", "T15: the author took the mention back, so our answer is not posted and our copy is erased"),
    Standing.EDITED: ("T15", "T15: the author changed the mention after this answer was drafted, so it is not posted"),
    Standing.ANSWERED: ("T14", "T14: the mention has an answer of ours already, so a second is not posted"),
}


def _send(store: AttemptStore, poster: Poster, claim: Claim, clock: Clock, step: Step) -> str:
    try:
        posted = poster.post(claim.reply)
    except RateLimited as error:
        _heed(store, claim, error, clock)
        store.not_sent(claim, error.retry_at, str(error), clock())
        return "put off"
    except NotSent as error:
        store.not_sent(claim, clock() + back_off(claim.number), str(error), clock())
        return "put off"
    except Rejected as error:
        store.needs_review(claim, str(error), clock(), refused=True)
        return "needs_review"
    except Unavailable as error:
        store.ambiguous(claim, str(error), clock(), clock() + READ_BACK_AFTER, sent=True)
        return "unclear"
    step("sent")
    if not store.posted(claim, posted, clock()):
        return "recorded by another"
    step("recorded")
    return "posted"


def _heed(store: AttemptStore, claim: Claim, error: AdapterError, clock: Clock) -> None:
    """Tell every process where a network asked us to wait."""
    if isinstance(error, RateLimited):
        store.hold(claim.reply.mention.mention.network, error.retry_at, str(error), clock(), claim.reply.account)


def find_standing(
    store: AttemptStore, replies: ReplyStore, posters: Mapping[str, Poster], clock: Clock, networks: Mapping[str, NetworkSettings] = NOWHERE
) -> int:
    """Look whether what people were to post by hand, or were asked about, stands there by now; returns how many were found."""
    found, tired = 0, set()
    asked = [reply for reply_id in store.unclear(clock() - LOOK_ON) if (reply := replies.reply(reply_id)) is not None]
    for reply in [*replies.replies(ReplyStatus.HANDED_OVER), *asked]:
        account = account_for(networks, reply.mention.mention)
        key = account.key if account else reply.mention.mention.network
        poster = posters.get(key)
        if poster is None or key in tired or not speaks_as(account, reply.account):
            continue
        try:
            posted = poster.find(reply)
        except RateLimited:
            tired.add(key)
            continue
        except AdapterError:
            continue
        if posted is None:
            continue
        if reply.status is ReplyStatus.NEEDS_REVIEW:
            found += store.found(reply.id, posted, clock())
        else:
            found += store.posted_by_hand(reply.id, posted, "read-back", clock()).ok
    return found
