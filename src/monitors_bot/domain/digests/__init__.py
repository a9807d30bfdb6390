"""Scheduled runs: what was ordered, how far a run got, what the channel reads at its end."""
