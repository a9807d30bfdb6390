"""The table of platforms: every door that answers people serves these."""

from monitors_bot.platforms import Platform, mattermost, slack
from monitors_bot.platforms.rocketchat import command as rocketchat

PLATFORMS: tuple[Platform, ...] = (
    rocketchat,
    slack,
    mattermost,
)
