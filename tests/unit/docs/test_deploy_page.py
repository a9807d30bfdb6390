"""docs/deploy.md has every route and output of the stack; docs/network.md says how each caller is checked."""

import pytest

from monitors_bot.lambdas.chat import HEALTH, routes
from monitors_bot.lambdas.webhook import ROUTES as WEBHOOK_ROUTES
from monitors_bot.wiring.platforms import BUTTONS, PLATFORMS
from tests.fakes.sam_template import RESOURCES, TEMPLATE
from tests.unit.docs.pages import first_cells, page, section

SERVICES = {
    "CloudWatch": "CloudWatch",
    "DynamoDB": "DynamoDB",
    "IAM": "IAM",
    "Logs": "CloudWatch",
    "SNS": "SNS",
    "SQS": "SQS",
    "Budgets": "Budgets",
    "Scheduler": "EventBridge Scheduler",
    "SecretsManager": "Secrets Manager",
    "Serverless": "Lambda",
}
EVERY_ROUTE = [
    f"GET {HEALTH}",
    *(f"POST {path}" for path in [*routes([*PLATFORMS, *BUTTONS]), *WEBHOOK_ROUTES]),
]


@pytest.mark.parametrize("name", ["deploy", "network"])
@pytest.mark.parametrize("route", EVERY_ROUTE)
def test_every_route_is_named(route, name):
    assert f"| `{route}` |" in page(name)


@pytest.mark.parametrize("name", ["deploy", "network"])
def test_no_other_route_is_named(name):
    routes = {cell.strip("`") for cell in first_cells(page(name)) if cell.startswith(("`GET", "`POST"))}

    assert routes == set(EVERY_ROUTE)


@pytest.mark.parametrize(
    "service", sorted({resource["Type"].split("::")[1] for resource in RESOURCES.values()})
)
def test_every_aws_service_of_the_stack_is_named(service):
    assert SERVICES[service] in section(page("deploy"), "## 1. Prepare")


@pytest.mark.parametrize("output", TEMPLATE["Outputs"])
def test_every_output_of_the_stack_is_used(output):
    assert f"`{output}`" in page("deploy")


def test_the_limits_of_the_api_are_those_of_the_template():
    api = RESOURCES["Api"]["Properties"]
    ordinary, [omnichannel] = api["DefaultRouteSettings"], api["RouteSettings"].values()
    rates = [
        f"{one['ThrottlingRateLimit']} {what} a second in bursts of {one['ThrottlingBurstLimit']}"
        for one, what in ((ordinary, "requests"), (omnichannel, "Omnichannel events"))
    ]

    assert f"The API takes {rates[0]}, and {rates[1]}." in page("network")
