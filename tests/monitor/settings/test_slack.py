from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from monitor.settings import SlackApprover, SlackBrand, SlackRoute, SlackSettings
from tests.monitor.settings.configurations import RESPONDERS, mistakes, read, write

SLACK = RESPONDERS + '[slack]\nchannel = "C0CARDS"\n'
BOB = '[[slack.approver]]\nname = "Bob"\nuser = "U0BOB"\n'


def slack_of(folder: Path, text: str) -> SlackSettings | None:
    return read(write(folder, responders=text)).slack


def test_without_the_table_approval_is_at_the_terminal_alone(tmp_path: Path) -> None:
    assert slack_of(tmp_path, RESPONDERS) is None


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    assert SlackSettings("C0CARDS", approvers=(SlackApprover("Bob", "U0BOB"),)) == slack_of(tmp_path, SLACK + BOB)


def test_everything_that_is_said_is_kept(tmp_path: Path) -> None:
    text = (
        SLACK
        + 'crisis_channel = "C0CRISIS"\nlanguage = "nl"\ntransport = "http"\nport = 3100\n'
        + 'remind_after = "15m"\nescalate_after = "1h"\nflood = 9\n'
        + '[[slack.approver]]\nname = "the web team"\ngroup = "S0TEAM"\nbrands = ["waalfiets"]\nrules = ["T12"]\nmay_pause = true\n'
        + '[[slack.route]]\nchannel = "C0X"\nlanguages = ["en"]\n'
        + 'severities = ["high"]\nrules = ["T10"]\nbrands = ["waalfiets"]\nshown_in = "en"\n'
        + '[[slack.brand]]\nbrand = "waalfiets"\nowner = "U0EVA"\nworking_days = ["sat", "mon"]\nworking_hours = "8:00 - 12:30"\n'
        + 'quiet_hours = "22:00-07:00"\n'
    )

    slack = slack_of(tmp_path, text)

    assert slack is not None
    assert ("C0CRISIS", "nl", "http", 3100, timedelta(minutes=15), timedelta(hours=1), 9) == (
        slack.crisis_channel,
        slack.language,
        slack.transport,
        slack.port,
        slack.remind_after,
        slack.escalate_after,
        slack.flood,
    )
    assert (SlackApprover("the web team", "", "S0TEAM", ("waalfiets",), ("T12",), may_pause=True),) == slack.approvers
    assert (SlackRoute("C0X", ("waalfiets",), ("en",), ("high",), ("T10",), "en"),) == slack.routes
    assert SlackBrand("waalfiets", "U0EVA", (5, 0), (time(8), time(12, 30)), (time(22), time(7))) == slack.brand("waalfiets")
    assert SlackBrand("other") == slack.brand("other")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RESPONDERS + "[slack]\n" + BOB, "slack.channel: is missing: the id of the channel"),
        (RESPONDERS + '[[slack]]\nchannel = "C0CARDS"\n', "slack: must be one table between single brackets"),
        (SLACK, "slack.approver: is missing: name in at least one [[slack.approver]]"),
        (SLACK.replace("C0CARDS", "#cards") + BOB, 'slack.channel: "#cards" is not a channel\'s id'),
        (SLACK + 'chanel = "C0X"\n' + BOB, 'slack.chanel: is not a key here; did you mean "channel"?'),
        (SLACK + BOB.replace("U0BOB", "bob"), 'slack.approver[1].user: "bob" is not a member\'s id'),
        (SLACK + BOB + 'group = "S0X"\n', "slack.approver[1].user: give either user or group"),
        (SLACK + '[[slack.approver]]\nname = "Bob"\n', "slack.approver[1].user: give either user or group"),
        (SLACK + '[[slack.approver]]\nuser = "U0BOB"\n', "slack.approver[1].name: is missing"),
        (SLACK + BOB + 'brands = ["walfiets"]\n', 'slack.approver[1].brands[1]: there is no brand with the id "walfiets"'),
        (SLACK + BOB + 'rules = ["twelve"]\n', 'slack.approver[1].rules[1]: "twelve" is not a rule\'s id'),
        (SLACK + BOB.replace("[[", "[").replace("]]", "]"), "write [[slack.approver]] with double brackets"),
        (SLACK + BOB + '[[approver]]\nname = "Els"\n', 'slack.approver[1].name: there is no [[approver]] with the name "Bob"'),
        (SLACK + BOB + "[[slack.route]]\n", "slack.route[1].channel: is missing"),
        (SLACK + BOB + '[[slack.route]]\nchannel = "C0X"\nseverities = ["bad"]\n', 'severities[1]: there is no severity "bad"'),
        (SLACK + BOB + "[[slack.brand]]\n", "slack.brand[1].brand: is missing"),
        (SLACK + BOB + '[[slack.brand]]\nbrand = "waalfiets"\nworking_days = ["maandag"]\n', 'there is no day "maandag"'),
        (SLACK + BOB + '[[slack.brand]]\nbrand = "waalfiets"\nworking_hours = "nine to five"\n', '"nine to five" is no span of hours'),
        (SLACK + BOB + '[[slack.brand]]\nbrand = "waalfiets"\nworking_hours = "18:00-09:00"\n', '"18:00-09:00" is no span of hours'),
        (SLACK + BOB + '[[slack.brand]]\nbrand = "waalfiets"\nquiet_hours = "22:00-25:00"\n', '"25:00" is not a time of the day'),
        (
            SLACK + BOB + '[[slack.brand]]\nbrand = "waalfiets"\nowner = "Els Kamps"\n',
            'slack.brand[1].owner: "Els Kamps" is not a member\'s id',
        ),
    ],
)
def test_each_mistake_is_told_at_its_key_with_what_would_be_right(tmp_path: Path, text: str, told: str) -> None:
    found = mistakes(write(tmp_path, responders=text))

    assert any(told in str(mistake) for mistake in found), [str(mistake) for mistake in found]


def test_a_token_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    text = SLACK + 'bot_token = "xoxb-123456789-abcdefghij"\n' + BOB

    found = " ".join(str(mistake) for mistake in mistakes(write(tmp_path, responders=text)))

    assert "slack.bot_token" in found
    assert "xoxb-1234" not in found
