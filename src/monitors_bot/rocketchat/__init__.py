"""Rocket.Chat's REST API: reading units, their monitors and presence, and posting as the bot's account."""
