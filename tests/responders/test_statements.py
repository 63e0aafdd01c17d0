from __future__ import annotations

from datetime import UTC, datetime

from tests.steps import import_posts, post
from tests.terminal import Terminal

BOAT = "@waalfiets your ferry hit the jetty in Kampen this afternoon, there is a terrible hole in the bow."


def two_that_tell_it(terminal: Terminal) -> None:
    at = datetime.now(UTC).isoformat()
    import_posts(terminal, post("1", BOAT, posted_at=at), post("2", f"{BOAT} The skipper comes from Zwolle.", posted_at=at))


def test_a_person_stops_the_drafts_of_a_story_and_lets_them_go_on(terminal: Terminal) -> None:
    two_that_tell_it(terminal)
    [story] = terminal.type("monitor", "stories", "--json").json
    stop = ("responders", "stories", "stop", "1", "--as", "Els Kamps", "--reason", "one cause")
    done, again = terminal.type(*stop), terminal.type(*stop)

    assert (1, 2, 2) == (story["id"], story["mentions"], story["authors"])
    assert (0, "The drafts of story 1 are stopped; its mentions wait.\n") == (done.code, done.out)
    assert "already, by Els Kamps; nothing was changed" in again.out
    [stopped] = terminal.type("responders", "stories", "--json").json
    assert 2 == stopped["waiting"]
    assert "Els Kamps" in terminal.type("responders", "stories").out
    assert "Drafts of story 1 are STOPPED by Els Kamps (K4)" in terminal.type("monitor", "status").err
    assert [[1, 2]] == [[one["story"]["id"], one["waiting"]] for one in terminal.type("responders", "stories", "list", "--json").json]

    gone = terminal.type("responders", "stories", "go", "1", "--as", "Els Kamps", "--reason", "people still ask", "--json")

    assert "go" == gone.json["drafts"]
    assert "No story's drafts are stopped.\n" == terminal.type("responders", "stories").out
    assert "Drafts: go, by Els Kamps: people still ask" in terminal.type("monitor", "stories", "--story", "1").out


def test_without_a_name_a_reason_a_number_or_a_story_nothing_is_changed(terminal: Terminal) -> None:
    two_that_tell_it(terminal)
    els = ("--as", "Els Kamps", "--reason", "one cause")

    assert 2 == terminal.type("responders", "stories", "stop", *els).code
    assert "there is no story 9" in terminal.type("responders", "stories", "stop", "9", *els).err
    assert "a reason is needed" in terminal.type("responders", "stories", "stop", "1", "--as", "Els Kamps").err
    assert 1 == terminal.type("responders", "stories", "stop", "1", "--reason", "one cause").code
    assert [] == terminal.type("responders", "stories", "--json").json


def test_stories_are_listed_with_everybody_who_tells_them(terminal: Terminal) -> None:
    assert "Nothing was told more than once.\n" == terminal.type("monitor", "stories").out
    two_that_tell_it(terminal)
    listed, one = terminal.type("monitor", "stories"), terminal.type("monitor", "stories", "--story", "1")

    assert "your ferry hit the jetty" in listed.out
    assert ["new", "new"] == [line.split()[5] for line in one.out.splitlines()[2:]]
    assert 2 == len(terminal.type("monitor", "stories", "--story", "1", "--json").json["mentions"])
    assert "There is no story 7" in terminal.type("monitor", "stories", "--story", "7").err
    assert 2 == terminal.type("monitor", "stories", "--brand", "nobody").code
    assert [1, 1] == [one["story"] for one in terminal.type("monitor", "mentions", "--json").json]
