"""Facts about AWS that the signed calls and boto3 share; loading it loads neither."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from monitors_bot.errors import AwsRefused, ServerUnreachable

CONDITION_FAILED = frozenset({"ConditionalCheckFailedException", "ConditionalCheckFailed"})
"""DynamoDB's errors for a write that somebody else's write came before: read again, then retry."""
CANCELLED = "TransactionCanceledException"
"""DynamoDB's error for a transaction. Its meaning is in its reasons, one for each write:

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
"""
MAY_PASS = frozenset(
    {
        CANCELLED,  # without a reason, it is not known to be final
        "BandwidthLimitExceeded",
        "InternalFailure",
        "InternalServerError",
        "InternalServiceError",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "ReplicatedWriteConflictException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingError",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""AWS's errors after which the same call may succeed a moment later, whatever their status.

Everything else that AWS answers with a 4xx is final: what is asked for is not there or not allowed, the
request makes no sense, or the credentials don't hold. Lambda replaces those with the whole environment.
https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
"""
MAY_PASS_STATUS = frozenset({200, 408, 429})
"""Also every status from 500. A 200 is only refused where the answer is broken: it is none of AWS's."""
UNKNOWN = "UnknownError"
NO_REASON = "None"
"""The reason of a write that is not to blame for the cancellation."""

_NAME = r"[A-Z][A-Za-z]{2,59}"
_ENDINGS = (
    *(
        "Conflict",
        "Denied",
        "Error",
        "Errors",
        "Exceeded",
        "Exception",
        "Exist",
        "Exists",
        "Failed",
        "Failure",
    ),
    *("Complete", "Down", "Fault", "Limit", "Queue", "Throttled", "Throttling", "Timeout", "Unavailable"),
)


def refusal(status: int, names: Sequence[object]) -> AwsRefused:
    """Return the error that AWS's own names mean; no other word of AWS's answer is kept."""
    return AwsRefused(" ".join([str(status), *sorted(set(map(_known, names)))]))


@contextmanager
def boto3_errors() -> Iterator[None]:
    """Turn boto3's errors into ours: AwsRefused, or ServerUnreachable if there was no answer.

    They have no cause, because its text quotes AWS's own words, which no log may show.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - the chat path has no boto3

    try:
        yield
    except ClientError as error:
        raise _refusal_to_boto3(error) from None
    except BotoCoreError as error:
        raise ServerUnreachable(type(error).__name__) from None


def _refusal_to_boto3(error: Any) -> AwsRefused:
    """Return the refusal in boto3's error; a cancelled transaction has the names of its reasons."""
    response: Mapping[str, Any] = error.response
    name = response["Error"].get("Code")
    reasons = response.get("CancellationReasons") if name == CANCELLED else None
    codes = [code for one in reasons or () if (code := one.get("Code", NO_REASON)) != NO_REASON]
    return refusal(response["ResponseMetadata"]["HTTPStatusCode"], codes or [name])


def is_overtaken(error: AwsRefused) -> bool:
    """Whether somebody else's write came first, and nothing is wrong with ours."""
    return bool(error.names & CONDITION_FAILED) and error.names <= CONDITION_FAILED | MAY_PASS


def is_passing(error: AwsRefused) -> bool:
    """Whether AWS itself is in trouble, or has too much to do."""
    return error.status >= 500 or error.status in MAY_PASS_STATUS or error.names <= MAY_PASS


def _known(name: object) -> str:
    """Return an error's name if it has the form of one: anything else may quote what AWS was sent."""
    # Services that once spoke XML put a prefix with dots before it.
    last = re.split(r"[#.]", name)[-1] if isinstance(name, str) else ""
    return last if re.fullmatch(_NAME, last, re.ASCII) and last.endswith(_ENDINGS) else UNKNOWN
