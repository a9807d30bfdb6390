"""How long a message that could not be done waits on its queue."""

from math import ceil

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.errors import MonitorsBotError, RocketChatLimited

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5, 300


def pause_before_next_try(record: SQSRecord) -> int:
    """Seconds until a message comes again: longer each time."""
    times = min(int(record.attributes.approximate_receive_count), 10)
    pause: int = FIRST_PAUSE_SECONDS * 2 ** (times - 1)
    return min(pause, LONGEST_PAUSE_SECONDS)


def pause_after(error: MonitorsBotError, record: SQSRecord) -> int:
    """The same, but where the server asked to wait: so long as it said."""
    for one in (error, error.__cause__):
        if isinstance(one, RocketChatLimited):
            return ceil(one.wait_seconds)
    return pause_before_next_try(record)
