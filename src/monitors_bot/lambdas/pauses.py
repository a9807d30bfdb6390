"""The pause before a message is retried."""

from math import ceil
from random import uniform

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.errors import MonitorsBotError, RocketChatLimited

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5, 300
MOST_ADDED_SECONDS = 5
"""What is added at most to a wait that the rate limiter asked for."""


def pause_before_next_try(record: SQSRecord) -> int:
    """Return the seconds until the next try; they double with each try, up to five minutes.

    Up to a half is taken off at random: messages that failed together do not come back together.
    """
    tries = min(int(record.attributes.approximate_receive_count), 10)
    pause: int = min(FIRST_PAUSE_SECONDS * 2 ** (tries - 1), LONGEST_PAUSE_SECONDS)
    return ceil(pause * uniform(0.5, 1))  # noqa: S311 - not for a secret


def pause_after(error: MonitorsBotError, record: SQSRecord) -> int:
    """Return at least the seconds that the rate limiter asks to wait, or those of `pause_before_next_try`."""
    for one in (error, error.__cause__):
        if isinstance(one, RocketChatLimited):
            return ceil(one.wait_seconds + uniform(0, MOST_ADDED_SECONDS))  # noqa: S311 - not for a secret
    return pause_before_next_try(record)
