"""The pause before a message is retried."""

from math import ceil

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.errors import MonitorsBotError, RocketChatLimited

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5, 300


def pause_before_next_try(record: SQSRecord) -> int:
    """Return the seconds until the next try; they double with each try, up to five minutes."""
    tries = min(int(record.attributes.approximate_receive_count), 10)
    pause: int = FIRST_PAUSE_SECONDS * 2 ** (tries - 1)
    return min(pause, LONGEST_PAUSE_SECONDS)


def pause_after(error: MonitorsBotError, record: SQSRecord) -> int:
    """Return the seconds that the rate limiter asks to wait, or else those of `pause_before_next_try`."""
    for one in (error, error.__cause__):
        if isinstance(one, RocketChatLimited):
            return ceil(one.wait_seconds)
    return pause_before_next_try(record)
