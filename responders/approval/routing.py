"""Decides which channel a card goes to, how serious it is, and when people are at work or asleep. Pure: no clock, Slack or database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.domain import Action, Reply
from monitor.settings import SlackApprover, SlackBrand, SlackSettings

FLOOD_WINDOW = timedelta(minutes=10)
"""Within it a channel gets at most so many open cards as `flood` says; the rest waits in a list."""

HIGH = frozenset({"T10", "T11"})
"""A second failure, and a complaint at a third party: nobody may overlook these among the rest."""

_LONGEST_WAIT_DAYS = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card goes, and in which language it is shown there."""

    channel: str
    language: str


def severity_of(reply: Reply) -> str:
    """Return "crisis" (T12, or what triage escalated for another reason than these two), "high" (T10, T11) or "normal"."""
    triage = reply.mention.triage
    rules = frozenset(triage.rules) if triage else frozenset()
    if "T12" in rules:
        return "crisis"
    if rules & HIGH:
        return "high"
    return "crisis" if triage is not None and triage.action is Action.ESCALATE else "normal"


def place_for(reply: Reply, slack: SlackSettings) -> Place:
    """Return where a reply's card goes: a crisis to its channel, else the first route that takes it, else the one channel."""
    severity = severity_of(reply)
    triage = reply.mention.triage
    rules = frozenset(triage.rules) if triage else frozenset()
    if severity == "crisis" and slack.crisis_channel:
        return Place(slack.crisis_channel, language_in(slack.crisis_channel, slack))
    for route in slack.routes:
        if (
            (not route.brands or reply.mention.mention.brand in route.brands)
            and (not route.languages or reply.mention.language in route.languages)
            and (not route.severities or severity in route.severities)
            and (not route.rules or rules & frozenset(route.rules))
        ):
            return Place(route.channel, route.shown_in or slack.language)
    return Place(slack.channel, slack.language)


def language_in(channel: str, slack: SlackSettings) -> str:
    """Return the language in which a channel's cards are shown."""
    return next((route.shown_in for route in slack.routes if route.channel == channel and route.shown_in), slack.language)


def channels(slack: SlackSettings) -> list[str]:
    """Return every channel that cards may go to, each once."""
    return list(
        dict.fromkeys([slack.channel, *([slack.crisis_channel] if slack.crisis_channel else []), *(r.channel for r in slack.routes)])
    )


def may_decide(approver: SlackApprover, reply: Reply) -> bool:
    """Say whether a line of the allow-list covers this reply's brand and rules."""
    triage = reply.mention.triage
    rules = frozenset(triage.rules) if triage else frozenset()
    return (not approver.brands or reply.mention.mention.brand in approver.brands) and (
        not approver.rules or bool(rules & frozenset(approver.rules))
    )


def is_quiet(at: datetime, hours: SlackBrand, timezone: str) -> bool:
    """Say whether nothing but a crisis is sent now."""
    if hours.quiet_hours is None:
        return False
    begin, end = hours.quiet_hours
    clock = at.astimezone(ZoneInfo(timezone)).time()
    return begin <= clock < end if begin < end else clock >= begin or clock < end


def quiet_until(at: datetime, hours: SlackBrand, timezone: str) -> datetime:
    """Return when the quiet hours that hold at `at` end; `at` itself where none hold."""
    if hours.quiet_hours is None or not is_quiet(at, hours, timezone):
        return at
    zone = ZoneInfo(timezone)
    local = at.astimezone(zone)
    end = datetime.combine(local.date(), hours.quiet_hours[1], zone)
    return (end if end > local else datetime.combine(local.date() + timedelta(days=1), hours.quiet_hours[1], zone)).astimezone(at.tzinfo)


def after_working_time(start: datetime, length: timedelta, hours: SlackBrand, timezone: str, *, always: bool = False) -> datetime:
    """Return when so much working time has passed since `start`; with `always` (a crisis) every hour is working time."""
    if always or not hours.working_days:
        return start + length
    zone = ZoneInfo(timezone)
    day, left = start.astimezone(zone).date(), length
    for _ in range(_LONGEST_WAIT_DAYS):
        if day.weekday() in hours.working_days:
            begin, end = (_moment(day, clock, zone) for clock in hours.working_hours)
            begin = max(begin, start)
            if begin < end:
                if left <= end - begin:
                    return (begin + left).astimezone(start.tzinfo)
                left -= end - begin
        day += timedelta(days=1)
    return start + length


def _moment(day: object, clock: time, zone: ZoneInfo) -> datetime:
    # In UTC at once: two moments of one zone are subtracted by their clocks, which are an hour off on two days of the year.
    return datetime.combine(day, clock, zone).astimezone(ZoneInfo("UTC"))  # type: ignore[arg-type]


def next_reminder(sent_at: datetime, reminders: int, reply: Reply, slack: SlackSettings, timezone: str, steps: int) -> datetime | None:
    """Return when the next reminder of an open card is due: first a word in its thread, then one approver after the other; None at the end.

    Args:
        sent_at: when the card was sent.
        reminders: how many there were.
        reply: whose card it is.
        slack: the settings.
        timezone: the brand's.
        steps: how many approvers can be asked.
    """
    if reminders > steps:
        return None
    length = slack.remind_after if reminders == 0 else slack.escalate_after * reminders
    hours = slack.brand(reply.mention.mention.brand)
    always = severity_of(reply) == "crisis"
    due = after_working_time(sent_at, length, hours, timezone, always=always)
    return due if always else quiet_until(due, hours, timezone)


def is_flooded(sent_at: Sequence[datetime], now: datetime, limit: int) -> bool:
    """Say whether a channel has had its share of cards that are still open."""
    return sum(now - at < FLOOD_WINDOW for at in sent_at) >= limit
