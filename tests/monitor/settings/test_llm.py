from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.settings import LlmSettings
from tests.monitor.settings.configurations import RESPONDERS, mistakes, read, write

LLM = '[llm]\nmodel = "openai:gpt-5-mini"\n'


def test_without_the_table_no_model_is_asked(tmp_path: Path) -> None:
    assert read(write(tmp_path, responders=RESPONDERS)).llm is None


def test_every_key_of_the_table_is_read(tmp_path: Path) -> None:
    text = '[llm]\nmodel = "llama3.1:8b"\napi_url = "http://127.0.0.1:11434/v1"\nnetworks = ["mastodon", "x"]\ntimeout = "5s"\n'

    assert LlmSettings("openai:gpt-5-mini") == read(write(tmp_path, responders=RESPONDERS + LLM)).llm
    assert (
        LlmSettings("llama3.1:8b", "http://127.0.0.1:11434/v1", ("mastodon", "x"), timedelta(seconds=5), 9_000)
        == read(write(tmp_path, responders=RESPONDERS + text + "cap_per_day = 9000\n")).llm
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[llm]\nmodel = "gpt"\n', "must begin with its provider"),
        ('[llm]\napi_url = "https://llm.example/v1"\n', "llm.model"),
        (LLM + 'api_url = "http://llm.example/v1"\n', "over an open line"),
        (LLM + 'api_url = "https://me:hidden@llm.example/v1"\n', "llm.api_url"),
        (LLM + 'timeout = "1h"\n', "llm.timeout"),
        (LLM + "cap_per_day = 0\n", "llm.cap_per_day"),
        (LLM + "colour = 1\n", "llm.colour"),
        ("llm = 3\n" + RESPONDERS, "[llm]"),
        ('[replies]\ndrafter = "llm"\n', "needs the table [llm]"),
    ],
)
def test_what_is_wrong_is_told_with_what_would_be_right(tmp_path: Path, text: str, problem: str) -> None:
    whole = text if RESPONDERS in text else RESPONDERS + text

    assert any(problem in line for line in map(str, mistakes(write(tmp_path, responders=whole))))
