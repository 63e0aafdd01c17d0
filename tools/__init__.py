"""Small programs for those who work on Grapevine; nothing here is installed."""
