"""Rocket.Chat as a chat platform: its webhook, and the rendering of replies, digests and notices."""
