"""The commands: what each asks, does and says."""
