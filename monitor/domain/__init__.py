"""Every noun of the product and the status moves that are allowed; standard library only, no behaviour beyond its own rules."""

from monitor.domain.brands import Brand, Fact, Term
from monitor.domain.incidents import (
    INCIDENT_MOVES,
    PAGES,
    REOPENS_WITHIN,
    Cause,
    Gravity,
    Happening,
    Incident,
    IncidentStatus,
    Silence,
    check_incident_move,
)
from monitor.domain.labels import ANSWERS, FEELINGS, Given, Lesson, LessonState, Question, Verdict
from monitor.domain.mentions import SEEN_WITHIN, Action, Author, History, Label, Mention, Sentiment, StoredMention, Triage, may_be_shown
from monitor.domain.moves import MENTION_MOVES, REPLY_MOVES, IllegalMove, MentionStatus, ReplyStatus, check_move
from monitor.domain.networks import network_name
from monitor.domain.promises import Commitment, Promise, PromiseFigures, PromiseState
from monitor.domain.record import CLOCKS_DIFFER, LEASE, AuditEvent, SourceHealth
from monitor.domain.replies import Approval, Delivery, Draft, Objection, Posted, Reply, Severity, Version, text_hash
from monitor.domain.stories import Story, Teller

__all__ = [
    "ANSWERS",
    "CLOCKS_DIFFER",
    "FEELINGS",
    "INCIDENT_MOVES",
    "LEASE",
    "MENTION_MOVES",
    "PAGES",
    "REOPENS_WITHIN",
    "REPLY_MOVES",
    "SEEN_WITHIN",
    "Action",
    "Approval",
    "AuditEvent",
    "Author",
    "Brand",
    "Cause",
    "Commitment",
    "Delivery",
    "Draft",
    "Fact",
    "Given",
    "Gravity",
    "Happening",
    "History",
    "IllegalMove",
    "Incident",
    "IncidentStatus",
    "Label",
    "Lesson",
    "LessonState",
    "Mention",
    "MentionStatus",
    "Objection",
    "Posted",
    "Promise",
    "PromiseFigures",
    "PromiseState",
    "Question",
    "Reply",
    "ReplyStatus",
    "Sentiment",
    "Severity",
    "Silence",
    "SourceHealth",
    "StoredMention",
    "Story",
    "Teller",
    "Term",
    "Triage",
    "Verdict",
    "Version",
    "check_incident_move",
    "check_move",
    "may_be_shown",
    "network_name",
    "text_hash",
]
