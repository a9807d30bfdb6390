"""Rocket.Chat as a chat platform: its webhook, and the rendering of replies, digests and notices."""

POSTS = "rocketchat"
"""The platform of everybody in a room in which the bot posts, for the access rules."""
