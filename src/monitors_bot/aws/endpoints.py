"""Where AWS's services are: in every partition, and where the environment asks for other hosts."""

from collections.abc import Mapping

_VARIABLES = {"secretsmanager": "SECRETS_MANAGER"}
_DUAL_STACK = {
    "amazonaws.com": "api.aws",
    "amazonaws.com.cn": "api.amazonwebservices.com.cn",
    "amazonaws.eu": "api.amazonwebservices.eu",
    "c2s.ic.gov": "api.aws.ic.gov",
    "sc2s.sgov.gov": "api.aws.scloud",
    "cloud.adc-e.uk": "api.cloud-aws.adc-e.uk",
    "csp.hci.ic.gov": "api.aws.hci.ic.gov",
}
"""The domain of the hosts with IPv6, by that of the partition, as in botocore's partitions.json."""


def endpoint(environ: Mapping[str, str], service: str, region: str) -> str:
    """Return the base URL of a service: secretsmanager, sqs or dynamodb.

    The endpoints that the environment names come first, then what its switches for FIPS and dual-stack say.
    https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
    """
    if own := _custom_endpoint(environ, service):
        return own
    fips, dual_stack = (_is_on(environ, f"AWS_USE_{what}_ENDPOINT") for what in ("FIPS", "DUALSTACK"))
    domain = environ.get("AWS_URL_SUFFIX") or _domain_of(region)
    is_plain_also_dual_stack = domain == "amazonaws.com" or (domain == "amazonaws.com.cn" and not fips)
    if service == "secretsmanager" and is_plain_also_dual_stack:
        dual_stack = False
    # In GovCloud, the plain endpoints of these two meet FIPS 140, and there are no others.
    if service in {"sqs", "dynamodb"} and region.startswith("us-gov-") and not dual_stack:
        fips = False
    host = f"{service}-fips" if fips else service
    return f"https://{host}.{region}.{_DUAL_STACK.get(domain, domain) if dual_stack else domain}"


def _custom_endpoint(environ: Mapping[str, str], service: str) -> str | None:
    """Return the endpoint set for the service, else the one set for all of AWS; None means AWS's own.

    https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    """
    if _is_on(environ, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"):
        return None
    variable = _VARIABLES.get(service, service.upper())
    url = environ.get(f"AWS_ENDPOINT_URL_{variable}") or environ.get("AWS_ENDPOINT_URL")
    return url.rstrip("/") if url else None


def _domain_of(region: str) -> str:
    """Return the partition's domain for a stack whose template does not tell it yet."""
    return "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    """Like AWS's own SDKs, take anything but true for false."""
    return environ.get(name, "").lower() == "true"
