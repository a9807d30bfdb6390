"""Answering commands: what was asked, what is replied."""
