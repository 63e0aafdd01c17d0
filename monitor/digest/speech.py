"""One language of the digest: its phrases, plurals, numbers, days and lengths of time; what is said stands in templates/digest."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from monitor.digest.account import Account, Fate
from monitor.digest.counted import (
    QUOTE,
    Alarm,
    AnsweredReply,
    DayCount,
    Figures,
    Learned,
    Mistakes,
    SourceSpent,
    ToldStory,
    Unanswered,
    WaitingReply,
)
from monitor.domain import ReplyStatus, SourceHealth, network_name
from monitor.text import clip, for_terminal

LANGUAGES = ("en", "nl")

MISTAKES = {
    "needs_review": "needs_review",
    "expired": "expired",
    "refused": "refused",
    "overridden": "overridden",
    "overflagged": "overflagged",
    "missed": "missed",
    "misplaced": "misplaced",
    "unreadable": "unreadable",
    "rejected": "rejected",
    "unsent": "unsent",
    "untold": "untold",
    "unstruck": "unstruck",
    "late": "late_notices",
    "false": "false_alarms",
}
"""The phrase for each kind of mistake, in the order in which they are told."""
MOST_REASONS = 5
NEAR = 0.15
"""A day within this share of the usual is about usual."""


class Speech:
    """One language: its phrases, plurals, numbers, days and lengths of time."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = _words(language)
        self._phrases: Mapping[str, Any] = self._words["phrases"]

    def say(self, phrase: str, n: int | None = None, **values: object) -> str:
        """Return a phrase with its values; `n` chooses between none, one and many, and is written as a number."""
        form = self._phrases[phrase]
        if n is not None:
            form = form["one"] if n == 1 else form.get("none", form["many"]) if n == 0 else form["many"]
            values["n"] = self.number(n)
        return str(form.format_map(values))

    def number(self, n: int) -> str:
        """Write a whole number with the language's own sign between thousands."""
        return f"{n:,}".replace(",", self._words["thousands"])

    def join(self, names: Sequence[str]) -> str:
        """List names as a sentence does: a, b and c."""
        return self.say("and").join(part for part in (", ".join(names[:-1]), names[-1]) if part)

    def moment(self, at: datetime, timezone: str) -> str:
        """Write a moment in the brand's own time."""
        return self._date("moment", at.astimezone(ZoneInfo(timezone)))

    def period(self, figures: Figures) -> str:
        """Write one whole day as that day, anything else as two moments."""
        zone = ZoneInfo(figures.timezone)
        since, until = figures.since.astimezone(zone), figures.until.astimezone(zone)
        next_day = (since.date() + timedelta(days=1), time())
        if since.time() == time() and (until.date(), until.time()) == next_day:
            return self._date("day", since)
        if since.time() == time() == until.time():
            return self.say("days_period", since=self._date("day", since), until=self._date("day", until - timedelta(days=1)))
        return self.say("period", since=self._date("moment", since), until=self._date("moment", until))

    def length(self, start: datetime, end: datetime) -> str:
        """Write the time between two moments in at most two units."""
        minutes = max(end - start, timedelta()) // timedelta(minutes=1)
        hours, days = minutes // 60, minutes // (24 * 60)
        if hours == 0:
            return self.say("minutes", minutes)
        large, small = (("days", days), ("hours", hours % 24)) if days else (("hours", hours), ("minutes", minutes % 60))
        return self.join([self.say(*part) for part in (large, small) if part[1]])

    def author(self, name: str) -> str:
        """Write an author's name on one line."""
        return clip(for_terminal(name), 60) or self.say("someone")

    def network(self, name: str) -> str:
        """Write a network's name as it writes itself."""
        return str(self._words["networks"].get(name, clip(for_terminal(network_name(name)), 40)))

    def state(self, status: ReplyStatus) -> str:
        """Say what a reply waits for."""
        return str(self._words["states"].get(status.value, status.value))

    def waits(self, reply: WaitingReply) -> str:
        """Say what a reply waits for, and whether it is serious."""
        told = self.say("waits_state", reply=reply.reply_id, state=self.state(reply.status))
        return f"{told} {self.say('waits_serious')}" if reply.serious else told

    def summary(self, figures: Figures, now: datetime) -> list[str]:
        """Say in a few sentences what was heard, done and left."""
        said = [self.say("received", figures.received, brand=_short(figures.brand))]
        if figures.received:
            said.append(self.say("were_negative", figures.negative))
        if figures.days:
            said.append(self.usual(figures))
        if figures.unjudged:
            said.append(self.say("unjudged", figures.unjudged))
        if figures.escalated:
            said.append(self.say("were_serious", len(figures.escalated)))
        oldest = min((reply.asked_at for reply in figures.waiting), default=now)
        if figures.waiting or not figures.escalated:
            said.append(self.say("wait", len(figures.waiting), oldest=self.length(oldest, now)))
        if figures.account is not None and figures.account.undrafted:
            said.append(self.say("undrafted", figures.account.undrafted))
        if figures.received or figures.answered:
            said.append(self.say("answered", len(figures.answered)))
        left = sum(one.count for one in figures.unanswered)
        return [*said, self.say("left", left)] if left else said

    def rule(self, unanswered: Unanswered) -> str:
        """Say what a rule means, and name it."""
        rule = clip(for_terminal(unanswered.rule), 40)
        words = self._words["rules"].get(rule or "none") or clip(for_terminal(unanswered.words), QUOTE)
        told = f"{words} ({rule})" if words and rule else words or rule
        return f"{told}, {self.say('of_negative', unanswered.negative)}" if unanswered.negative else told

    def answer_time(self, answered: Sequence[AnsweredReply]) -> str:
        """Say how long authors waited: the middle one (the lower where there are two), and the one who waited longest."""
        waits = sorted(max(one.answered_at - one.asked_at, timedelta()) for one in answered)
        start = answered[0].asked_at
        half, slowest = start + waits[(len(waits) - 1) // 2], start + waits[-1]
        return self.say("answer_time", len(waits), half=self.length(start, half), slowest=self.length(start, slowest))

    def story(self, story: ToldStory) -> str:
        """Say how many people tell a story where, and how."""
        where = self.join([self.network(name) for name in story.networks])
        told = self.say("story", story.people, networks=where, mentions=self.say("mentions", story.mentions))
        return f"{told}, {self.say('of_negative', story.negative)}" if story.negative else told

    def story_remark(self, story: ToldStory) -> str:
        """Say who told it first, and whether its drafts wait."""
        first = self.say("story_first", author=self.author(story.headline.author), network=self.network(story.headline.network))
        return f"{first} {self.say('story_stopped')}" if story.stopped else first

    def alarm(self, alarm: Alarm, timezone: str) -> str:
        """Say in a few sentences what woke somebody, and what became of it."""
        what = f"alarm_spike_{alarm.series}" if alarm.cause == "spike" else f"alarm_{alarm.cause}"
        what = what if what in self._phrases else "alarm_other"
        values: dict[str, Any] = {
            "now": self.number(alarm.now),
            "usual": self.number(alarm.usual),
            "moment": self.moment(alarm.opened_at, timezone),
        }
        told = [self.say(what, max(alarm.now, 1) if alarm.cause == "danger" else None, **values)]
        if alarm.false:
            told.append(self.say("alarm_false", name=_short(alarm.resolved_by)))
        elif alarm.resolved_at is None:
            told.append(self.say("alarm_taken", name=_short(alarm.acknowledged_by)) if alarm.acknowledged_by else self.say("alarm_open"))
        else:
            length = self.length(alarm.opened_at, alarm.resolved_at)
            itself = alarm.resolved_by in {"", "monitor"}
            told.append(
                self.say("alarm_over", length=length) if itself else self.say("alarm_closed", name=_short(alarm.resolved_by), length=length)
            )
        return " ".join(told)

    def source(self, health: SourceHealth, now: datetime, timezone: str) -> str:
        """Say how a source fares."""
        name, success = clip(for_terminal(health.source), 60), health.last_success_at
        if health.failures and success is None:
            return self.say("source_never", health.failures, source=name)
        if health.failures and success is not None:
            return self.say("source_fails", health.failures, source=name, moment=self.moment(success, timezone))
        if success is None:
            return self.say("source_new", source=name)
        return self.say("source_well", source=name, length=self.length(success, now))

    def capped(self, names: Sequence[str]) -> str:
        """Say which sources came to their cap."""
        return self.say("capped", len(names), sources=self.join([clip(for_terminal(name), 60) for name in names]))

    def quiet(self, names: Sequence[str]) -> str:
        """Say which sources fell silent."""
        return self.say("quiet", len(names), sources=self.join([clip(for_terminal(name), 60) for name in names]))

    def learned(self, learned: Learned) -> list[str]:
        """Say in a sentence each what the corrections do, how right the flags are, and what waits to be checked."""
        told = []
        if learned.fewer is not None and round(abs(learned.fewer) * 100):
            told.append(self.say("flags_less" if learned.fewer > 0 else "flags_more", share=round(abs(learned.fewer) * 100)))
        for phrase, share in (("flags_right", learned.precision), ("flags_found", learned.recall)):
            if share is not None:
                value, low, high = (round(100 * one) for one in share)
                told.append(self.say(phrase, share=value, low=low, high=high))
        if learned.put_aside:
            told.append(self.say("put_aside", learned.put_aside))
        return [*told, self.say("to_check", learned.to_check)] if learned.to_check else told

    def mistakes(self, mistakes: Mistakes) -> list[str]:
        """Say everything that went wrong, one sentence each."""
        told = [
            self.say(phrase, count)
            for phrase, count in zip(MISTAKES.values(), (getattr(mistakes, name) for name in MISTAKES), strict=True)
            if count
        ]
        if mistakes.down:
            names = self.join([clip(for_terminal(name), 60) for name in mistakes.down[:MOST_REASONS]])
            told.append(self.say("were_down", len(mistakes.down), sources=names))
        told += [self.say("rejected_why", reason=_short(reason)) for reason in mistakes.rejections[:MOST_REASONS] if reason.strip()]
        return told + [
            self.say("override", reply=one.reply_id, name=_short(one.name), reason=_short(one.reason))
            for one in mistakes.overrides[:MOST_REASONS]
        ]

    def amount(self, amount: Decimal) -> str:
        """Write an amount of money or units with two places behind the language's own sign."""
        whole, _, part = f"{amount:,.2f}".partition(".")
        return f"{whole.replace(',', self._words['thousands'])}{self._words['decimal']}{part}"

    def spent(self, spent: SourceSpent) -> str:
        """Say what a source cost."""
        amount = self.say("spent_usd" if spent.unit == "usd" else "spent_units", amount=self.amount(spent.amount))
        return self.say("spent", source=clip(for_terminal(spent.source), 60), amount=amount)

    def usual(self, figures: Figures) -> str:
        """Hold what was received against what is usual, in one sentence."""
        usual = figures.usual
        if usual is None:
            return self.say("usual_unknown")
        near = max(usual.received * NEAR, 1)
        far = figures.received - usual.received
        phrase = "usual_same" if abs(far) <= near else "usual_more" if far > 0 else "usual_less"
        words: dict[str, Any] = {"usual": self.say("mentions", usual.received), "negative": self.say("negative", usual.negative)}
        return self.say(phrase + "_week" * figures.weekly, weeks=usual.weeks, **words)

    def chart(self, figures: Figures) -> str:
        """Say what the chart shows, for whoever does not see it."""
        top = max(figures.days, key=lambda day: day.received)
        low = min(day.received for day in figures.days)
        at = _named(top, figures.timezone)
        values: dict[str, Any] = {"low": self.number(low), "high": self.number(top.received), "day": self._date("day", at)}
        return self.say("chart_says", **values, negative=self.say("negative", top.negative))

    def chart_hours(self, figures: Figures) -> str:
        """Say when the last bar begins where that is not midnight: it holds parts of two dates then, and is called by one."""
        last = figures.days[-1].since
        at_midnight = last.astimezone(ZoneInfo(figures.timezone)).time() == time()
        return "" if at_midnight else self.say("chart_hours", moment=self.moment(last, figures.timezone))

    def weekday(self, day: DayCount, timezone: str) -> str:
        """Write a day of the chart as short as it can be: two letters and the day of the month."""
        local = _named(day, timezone)
        return f"{self._words['weekdays'][local.weekday()][:2]} {local.day}"

    def accounted(self, account: Account) -> list[tuple[str, int, int]]:
        """Return the sum as lines of (phrase, all, negative): each fate, what is missing where it does not come out, and the total."""
        shares = [share for share in account.shares if share.count or share.fate is not Fate.UNJUDGED]
        lines = [(f"fate_{share.fate.value}", share.count, share.negative) for share in shares]
        if not account.holds:
            lines.append(("fate_missing", account.missing, account.missing_negative))
        return [*lines, ("fate_received", account.received, account.negative)]

    def _date(self, phrase: str, local: datetime) -> str:
        weekday, month = self._words["weekdays"][local.weekday()], self._words["months"][local.month - 1]
        return self.say(phrase, weekday=weekday, day=local.day, month=month, year=local.year, time=f"{local:%H:%M}")


@cache
def _words(language: str) -> Mapping[str, Any]:
    return tomllib.loads((files("monitor") / "templates" / "digest" / f"{language}.toml").read_text("utf-8"))


def _named(day: DayCount, timezone: str) -> datetime:
    """Return the middle of a day of the chart, whose date it is called by: one that is counted back from now begins on the day before."""
    return (day.since + timedelta(hours=12)).astimezone(ZoneInfo(timezone))


def _short(text: str) -> str:
    return clip(for_terminal(text), QUOTE)
