"""The table of platforms, served by both doors that answer people."""

from monitors_bot.platforms import Platform, mattermost, slack, slack_interactivity
from monitors_bot.platforms.rocketchat import app
from monitors_bot.platforms.rocketchat import command as rocketchat

PLATFORMS: tuple[Platform, ...] = (
    rocketchat,
    app,
    slack,
    mattermost,
)
BUTTONS: tuple[Platform, ...] = (slack_interactivity,)
"""What is pressed on these platforms: under the same names, with the same secrets, on routes of their own."""
