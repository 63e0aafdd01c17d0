"""Spike detection: says when a brand is talked about so much that somebody must know."""

from monitor.spikes.bins import BEFORE, REACH, Bin, Heard, Series, Watch, floor, gather
from monitor.spikes.detector import BIN, CALM, EVERY, LEARNING, LEAST, Detector, Finding, Verdict

__all__ = [
    "BEFORE",
    "BIN",
    "CALM",
    "EVERY",
    "LEARNING",
    "LEAST",
    "REACH",
    "Bin",
    "Detector",
    "Finding",
    "Heard",
    "Series",
    "Verdict",
    "Watch",
    "floor",
    "gather",
]
