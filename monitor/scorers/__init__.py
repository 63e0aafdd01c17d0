"""Names the scorers that can be configured, one line each; an adapter's module is imported only when it is used."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.registry import Adapter

SCORERS: Mapping[str, Adapter] = {
    "model": Adapter(
        target="monitor.scorers.model:ModelScorer",
        about="Scores English, Dutch, German and eight more languages by a small trained model, offline, with a calibrated chance.",
    ),
    "dutch": Adapter(
        target="monitor.scorers.dutch:DutchScorer",
        about="Scores Dutch by a word list and rules in VADER's spirit; of every other language it says that it does not know.",
    ),
    "vader": Adapter(
        target="monitor.scorers.vader:VaderScorer",
        about="Scores English by vaderSentiment's word list and rules; of every other language it says that it does not know.",
    ),
}
"""Every scorer by the name that monitor.toml uses, in the order in which they are asked."""
