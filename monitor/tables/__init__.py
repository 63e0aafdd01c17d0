"""The whole schema, a file for each thing remembered, and the one way to open a database; no questions are asked here (see the stores)."""

from monitor.tables.base import Key, UtcTime, metadata
from monitor.tables.erasures import erasures, rechecks
from monitor.tables.incidents import UNRESOLVED, happenings, incidents, presses, silences, watches
from monitor.tables.labels import labels, lessons
from monitor.tables.many import insert_many, update_many
from monitor.tables.mentions import CHANGED, ESCALATED, KEPT, WAITING, charged_reads, costs, mentions, rejected_rows, source_states
from monitor.tables.notices import STRIKE, notices, sendings
from monitor.tables.opening import READING, database_url, open_database
from monitor.tables.promises import promises
from monitor.tables.record import AUDIT_GUARDS, audit, executors, switches
from monitor.tables.releases import release_approvals, release_versions, releases
from monitor.tables.replies import approvals, attempts, holds, limits, replies, versions
from monitor.tables.rota import duties, rota_reads
from monitor.tables.slack import slack_channels, slack_messages
from monitor.tables.stories import stories, story_keys, story_mentions

__all__ = [
    "AUDIT_GUARDS",
    "CHANGED",
    "ESCALATED",
    "KEPT",
    "READING",
    "STRIKE",
    "UNRESOLVED",
    "WAITING",
    "Key",
    "UtcTime",
    "approvals",
    "attempts",
    "audit",
    "charged_reads",
    "costs",
    "database_url",
    "duties",
    "erasures",
    "executors",
    "happenings",
    "holds",
    "incidents",
    "insert_many",
    "labels",
    "lessons",
    "limits",
    "mentions",
    "metadata",
    "notices",
    "open_database",
    "presses",
    "promises",
    "rechecks",
    "rejected_rows",
    "release_approvals",
    "release_versions",
    "releases",
    "replies",
    "rota_reads",
    "sendings",
    "silences",
    "slack_channels",
    "slack_messages",
    "source_states",
    "stories",
    "story_keys",
    "story_mentions",
    "switches",
    "update_many",
    "versions",
    "watches",
]
