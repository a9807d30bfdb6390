"""The bot at work in a terminal: real requests, the real door, a local Rocket.Chat and a local AWS."""
