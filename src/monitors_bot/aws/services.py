"""Facts about AWS that the signed calls and boto3 share; it imports neither."""

from collections.abc import Mapping

WRITE_CONFLICTS = frozenset(
    {"ConditionalCheckFailedException", "TransactionCanceledException", "TransactionConflictException"}
)
"""DynamoDB's errors for a write that somebody else's write came before: read again, then retry."""

_VARIABLES = {"secretsmanager": "SECRETS_MANAGER"}


def custom_endpoint(environ: Mapping[str, str], service: str) -> str | None:
    """Return the endpoint set for the service, else the one set for all of AWS; None means AWS's own.

    https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    """
    variable = _VARIABLES.get(service, service.upper())
    endpoint = environ.get(f"AWS_ENDPOINT_URL_{variable}") or environ.get("AWS_ENDPOINT_URL")
    return endpoint.rstrip("/") if endpoint else None
