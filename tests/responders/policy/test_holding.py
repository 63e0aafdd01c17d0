"""What triage said of a post changes what its answer must hold: a holding text passes on, and thanks are answered with thanks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain import Action, Triage
from responders.policy.context import Context
from responders.policy.lines import context_of_line
from responders.policy.ownership import first_person_ownership
from responders.policy.unknowns import says_unknown


def context_of(post: str, reply: str, rules: tuple[str, ...], *, responsible: bool | None) -> Context:
    facts = [{"id": "look", "text": "Oorzaak nog onbekend; de dienst vergelijkt de remblokken met het logboek", "source": "dienst"}]
    line = {"lang": "nl", "brand": "Waalfiets", "post": post, "facts": facts, "reply": reply, "responsible": responsible}
    context = context_of_line(line)
    return replace(context, stored=replace(context.stored, triage=Triage(Action.ESCALATE, rules, "")))


@pytest.mark.parametrize(("rules", "objected"), [(("T12",), 0), (("T5",), 1)])
def test_a_holding_text_passes_on_and_need_not_tell_what_is_being_found_out(rules: tuple[str, ...], objected: int) -> None:
    reply = "Hoe dit kon gebeuren, weten we nog niet. Ik geef het nu door aan de collega's die hierover gaan. Je hoort vandaag van ons."
    context = context_of("De voorrem weigerde op de helling.", reply, rules, responsible=None)

    assert objected == len(list(says_unknown(context)))


@pytest.mark.parametrize(
    ("post", "rules", "objected"),
    [
        ("Wat een fijne monteur op de Hezelstraat. Dank je wel @waalfiets!", ("T1",), 0),
        ("Wat een fijne monteur. Vijf minuten later zat ik weer op de fiets. Dank je wel @waalfiets!", ("T1", "T7"), 0),
        ("Wat een fijne monteur op de Hezelstraat. Dank je wel @waalfiets!", ("T5",), 1),
        ("Fijn hoor, mijn rem is alweer stuk. Dank je wel @waalfiets!", ("T1",), 1),
    ],
)
def test_plain_thanks_need_no_admission_whatever_facts_admit(post: str, rules: tuple[str, ...], objected: int) -> None:
    context = context_of(post, "Dank je wel voor je bericht, daar worden we blij van.", rules, responsible=True)

    assert objected == len(list(first_person_ownership(context)))
