"""Rocket.Chat as a chat platform: its webhook, and how replies, digests and notices are written for it."""
