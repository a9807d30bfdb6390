"""Where AWS is: held against the rules that AWS's own library comes with."""

from functools import cache
from itertools import product

import pytest
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError
from botocore.loaders import Loader

from monitors_bot.aws.endpoints import endpoint

SERVICES = "secretsmanager", "sqs", "dynamodb"
LOADER = Loader()
PARTITIONS = LOADER.load_data("partitions")
REGIONS = [
    (region, partition["outputs"]["dnsSuffix"])
    for partition in PARTITIONS["partitions"]
    for region in partition["regions"]
    if not region.endswith("-global")
]
SWITCHES = {"AWS_USE_FIPS_ENDPOINT": "UseFIPS", "AWS_USE_DUALSTACK_ENDPOINT": "UseDualStack"}


@cache
def rules(service):
    return EndpointProvider(LOADER.load_service_model(service, "endpoint-rule-set-1"), PARTITIONS)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("on", list(product([False, True], repeat=2)), ids=str)
def test_every_region_of_every_partition_has_the_endpoint_of_awss_own_rules(service, on):
    switches = dict(zip(SWITCHES, on, strict=True))
    environ = {name: str(value) for name, value in switches.items()}
    asked = {SWITCHES[name]: value for name, value in switches.items()}

    for region, suffix in REGIONS:
        theirs = rules(service).resolve_endpoint(Region=region, **asked).url
        assert endpoint({**environ, "AWS_URL_SUFFIX": suffix}, service, region) == theirs


def test_the_rules_are_those_of_more_than_one_partition():
    assert len({suffix for _, suffix in REGIONS}) >= 6
    with pytest.raises(EndpointProviderError):
        rules("sqs").resolve_endpoint(UseFIPS=False, UseDualStack=False)


@pytest.mark.parametrize(
    ("region", "domain"), [("eu-west-1", "amazonaws.com"), ("cn-north-1", "amazonaws.com.cn")]
)
@pytest.mark.parametrize("environ", [{}, {"AWS_URL_SUFFIX": ""}])
def test_a_template_that_tells_no_domain_runs_in_one_of_the_two_large_partitions(region, domain, environ):
    assert endpoint(environ, "sqs", region) == f"https://sqs.{region}.{domain}"


@pytest.mark.parametrize("value", ["", "false", "FALSE", "1", "yes", "on", " true", "wahr"])
def test_a_switch_is_on_for_the_one_word_that_awss_libraries_know(value):
    assert (
        endpoint({"AWS_USE_FIPS_ENDPOINT": value}, "sqs", "us-east-1")
        == "https://sqs.us-east-1.amazonaws.com"
    )
    assert "-fips" in endpoint({"AWS_USE_FIPS_ENDPOINT": "TRUE"}, "sqs", "us-east-1")


@pytest.mark.parametrize(
    ("service", "environ", "url"),
    [
        ("sqs", {"AWS_ENDPOINT_URL": ""}, None),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all"}, "http://all"),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all/"}, "http://all"),
        ("sqs", {"AWS_ENDPOINT_URL_SQS": "http://queues"}, "http://queues"),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SQS": "http://queues"}, "http://queues"),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SQS": ""}, "http://all"),
        ("sqs", {"AWS_ENDPOINT_URL_DYNAMODB": "http://table"}, None),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all", "AWS_USE_FIPS_ENDPOINT": "true"}, "http://all"),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all", "AWS_URL_SUFFIX": "amazonaws.eu"}, "http://all"),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, None),
        ("sqs", {"AWS_ENDPOINT_URL_SQS": "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, None),
        (
            "sqs",
            {"AWS_ENDPOINT_URL": "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "no"},
            "http://all",
        ),
        ("dynamodb", {"AWS_ENDPOINT_URL_DYNAMODB": "http://table"}, "http://table"),
        ("secretsmanager", {"AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://secrets"}, "http://secrets"),
        ("secretsmanager", {"AWS_ENDPOINT_URL_SECRETSMANAGER": "http://secrets"}, None),
    ],
)
def test_a_service_has_the_endpoint_of_the_environment_or_else_that_of_aws(service, environ, url):
    expected = url or f"https://{service}.us-east-1.amazonaws.com"

    assert endpoint(environ, service, "us-east-1") == expected
