"""The audit door: it writes the lines of the audit once more, into a log group that keeps them longer.

CloudWatch Logs hands them over from the logs of the other functions, each at least once.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

from typing import Any

from aws_lambda_powertools.utilities.data_classes import CloudWatchLogsEvent

LINES = "DATA_MESSAGE"
"""The type of an event with lines: others only ask whether the function is there."""


def handler(event: dict[str, Any], _context: object) -> None:
    """Write each line as it was written first: Lambda puts what is printed into the function's log group."""
    handed_over = CloudWatchLogsEvent(event).parse_logs_data()
    if handed_over.message_type == LINES:
        for line in handed_over.log_events:
            print(line.message.rstrip())  # noqa: T201
