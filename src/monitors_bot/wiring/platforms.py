"""The table of platforms, served by both doors that answer people."""

from monitors_bot.platforms import Platform, mattermost, slack
from monitors_bot.platforms.rocketchat import app
from monitors_bot.platforms.rocketchat import command as rocketchat

PLATFORMS: tuple[Platform, ...] = (
    rocketchat,
    app,
    slack,
    mattermost,
)
