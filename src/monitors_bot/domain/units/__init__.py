"""Shared by the other wings: units, monitors, records, how a unit is found, and how failures are worded."""
