"""Spike detection: says when a brand is talked about so much that somebody must know."""

from monitor.spikes.detector import BIN, CALM, EVERY, LEARNING, LEAST, Detector, Finding, Verdict

__all__ = ["BIN", "CALM", "EVERY", "LEARNING", "LEAST", "Detector", "Finding", "Verdict"]
