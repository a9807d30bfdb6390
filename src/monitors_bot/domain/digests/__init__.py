"""Scheduled runs: the order, the progress of a run, and the digest at its end."""
