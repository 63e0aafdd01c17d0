"""The drafters there are, by kind; each is imported only when it is used."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.registry import Adapter

DRAFTERS: Mapping[str, Adapter] = {
    "template": Adapter(
        target="responders.drafters.template:TemplateDrafter",
        about="Composes a reply from the phrase parts in config/replies, the post's key facts and the brand's sourced facts.",
    ),
    "llm": Adapter(
        target="responders.drafters.llm:LlmDrafter",
        about="Asks a language model, holds its answer against the same rules, and else is the template.",
        secrets=("LLM_API_KEY",),
        extra="llm",
    ),
}
