"""Answers: drafts open, honest replies, asks a person, and publishes what was approved exactly once."""
