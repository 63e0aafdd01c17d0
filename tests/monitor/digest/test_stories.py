"""Stories in the digest: what most people tell stands first, with who told it first, and never in words that were taken back."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.digest import write
from monitor.domain import Label
from monitor.figures import read_figures
from monitor.figures.stories import read_stories
from monitor.storybook import turn
from monitor.tables import mentions, stories, story_mentions
from tests.builders import NOW, a_brand
from tests.monitor.digest.test_figures import DAY, HOUR, heard


def tell(database: sa.Engine, *numbers: str) -> int:
    with database.begin() as connection:
        which = mentions.c.external_id.in_(numbers)
        ids = connection.scalars(sa.select(mentions.c.id).where(which).order_by(mentions.c.id)).all()
        row = {"brand": "waalfiets", "first_at": NOW, "last_at": NOW, "headline_id": ids[0], "mentions": len(ids)}
        made = connection.execute(stories.insert().values(**row)).inserted_primary_key
        assert made is not None
        connection.execute(story_mentions.insert(), [{"mention_id": one, "story_id": made[0]} for one in ids])
        return int(made[0])


def test_the_story_that_most_people_tell_comes_first(database: sa.Engine) -> None:
    for number in ("1", "2", "3", "4"):
        heard(database, Label.NEUTRAL, f"one/{number}", author="@loud", text="I like my Waalfiets")
    for number, network in (("1", "x"), ("2", "x"), ("3", "mastodon")):
        heard(database, Label.NEGATIVE, f"many/{number}", author=f"@a{number}", network=network, text=f"The bridge is shut {number}")
    tell(database, "one/1", "one/2", "one/3", "one/4")
    told = tell(database, "many/1", "many/2", "many/3")
    turn(database, told, "stopped", "Els", "one statement", NOW)
    figures = read_figures(database, a_brand(), *DAY)
    first, second = figures.stories
    text = " ".join(write([figures], "en", NOW).text.split())

    assert (3, 3, 3, ["x", "mastodon"], True) == (first.people, first.mentions, first.negative, first.networks, first.stopped)
    assert (1, 4, 0, False) == (second.people, second.mentions, second.negative, second.stopped)
    assert (
        "3 people on X and Mastodon: 3 mentions, of which 3 negative “The bridge is shut 1” "
        "First told by @a1 on X. Drafts about it wait for one statement (K4). https://social.example/many/1"
    ) in text
    assert "1 person on Mastodon: 4 mentions “I like my Waalfiets” First told by @loud on Mastodon. https" in text
    assert "3 mensen op X en Mastodon: 3 vermeldingen, waarvan 3 negatief" in write([figures], "nl", NOW).html


def test_only_what_was_read_in_the_period_counts_and_what_was_told_once_is_no_story(database: sa.Engine) -> None:
    heard(database, Label.NEUTRAL, "old", at=NOW - 30 * HOUR, author="@first", text="It began here")
    heard(database, Label.NEUTRAL, "new", author="@second", text="It goes on")
    heard(database, Label.NEUTRAL, "alone", author="@third")
    tell(database, "old", "new")
    tell(database, "alone")
    [found] = read_figures(database, a_brand(), *DAY).stories

    assert (1, 1, "It began here") == (found.mentions, found.people, found.headline.text)
    assert [] == read_figures(database, a_brand(id="maasdrecht"), *DAY).stories


def test_words_that_were_taken_back_are_never_a_headline(database: sa.Engine) -> None:
    for number in ("1", "2", "3", "4"):
        heard(database, Label.NEUTRAL, number, author=f"@{number}", text=f"Words {number}")
    tell(database, "1", "2", "3")
    with database.begin() as connection:
        connection.execute(mentions.update().where(mentions.c.external_id == "1").values(status="deleted"))
        connection.execute(mentions.update().where(mentions.c.external_id == "2").values(erased_at=NOW))
    [found] = read_figures(database, a_brand(), *DAY).stories

    assert ("Words 3", 2) == (found.headline.text, found.mentions)
    with database.connect() as connection:
        assert [] == read_stories(connection, "waalfiets", *DAY, sa.false())


def test_of_many_stories_a_few_are_shown(database: sa.Engine) -> None:
    for number in range(7):
        for half in "ab":
            heard(database, Label.NEUTRAL, f"{number}{half}", author=f"@{number}{half}", text=f"Story {number}")
        tell(database, f"{number}a", f"{number}b")
    digest = write([read_figures(database, a_brand(), *DAY)], "en", NOW)

    assert "    and 2 more\n" in digest.text
    assert 5 == digest.html.count("First told by")
