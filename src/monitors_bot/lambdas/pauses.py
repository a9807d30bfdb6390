"""How long a message that has to be retried waits on its queue."""

from math import ceil

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.errors import MonitorsBotError, RocketChatLimited

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5, 300


def pause_before_next_try(record: SQSRecord) -> int:
    """Return the seconds until the next try: each pause is twice the one before, up to the longest."""
    tries = min(int(record.attributes.approximate_receive_count), 10)
    pause: int = FIRST_PAUSE_SECONDS * 2 ** (tries - 1)
    return min(pause, LONGEST_PAUSE_SECONDS)


def pause_after(error: MonitorsBotError, record: SQSRecord) -> int:
    """Return the same, or the time the server asked to wait where the error says so."""
    for one in (error, error.__cause__):
        if isinstance(one, RocketChatLimited):
            return ceil(one.wait_seconds)
    return pause_before_next_try(record)
