"""Answering commands: what was asked, and the reply."""
