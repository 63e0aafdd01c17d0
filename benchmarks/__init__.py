"""What we claim about speed, runnable: each figure is a ratio against a reference that is named and measured in the same run."""
