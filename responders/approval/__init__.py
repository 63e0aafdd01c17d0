"""Asks people in Slack: cards, modals and clicks become decisions, which count or not by the same rules as at the terminal.

Nothing is imported here: only `slack.py` and `listening.py` know Slack's libraries, and only a process that uses Slack loads them.
"""
