"""Listens: reads what people say about a brand, scores it, and decides what deserves a person's attention."""

__version__ = "0.1.0"
