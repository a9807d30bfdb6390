"""The template agrees with the code, and keeps the rules that no validator checks."""

import importlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from monitors_bot.domain.digests.order import Order, read_order
from monitors_bot.lambdas.chat import routes
from monitors_bot.lambdas.webhook import ROUTES as WEBHOOK_ROUTES
from monitors_bot.wiring.platforms import BUTTONS, PLATFORMS
from tests.fakes.sam_template import (
    DEFAULTS,
    FUNCTIONS,
    PARAMETERS,
    RESOURCES,
    TEMPLATE,
    deployed,
    of_type,
)
from tests.fakes.watched_environment import variables_read_by

API_GATEWAY_LIMIT_MS = 30_000
KEPT = ("RetainExceptOnCreate", "Retain")
"""Kept when the stack goes, but not by a first deployment that fails."""
CALLING_OUT = {"ChatFunction", "LateAnswersFunction", "BackgroundFunction"}
"""The functions that call Rocket.Chat, Slack or Mattermost."""

every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
every_log_group = pytest.mark.parametrize("name", of_type("AWS::Logs::LogGroup"))


def settings_given_to(function: dict[str, Any]) -> set[str]:
    return {
        name for name in function["Environment"]["Variables"] if not name.startswith(("AWS_", "POWERTOOLS_"))
    }


def role_of(function: dict[str, Any]) -> dict[str, Any]:
    role: dict[str, Any] = RESOURCES[function["Role"]["Fn::GetAtt"].removesuffix(".Arn")]["Properties"]
    return role


def statements_of(function: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        statement
        for policy in role_of(function)["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def actions_on(statement: dict[str, Any]) -> list[str]:
    actions = statement["Action"]
    return [actions] if isinstance(actions, str) else actions


@every_function
def test_every_handler_can_be_called(function):
    module, _, name = function["Handler"].rpartition(".")

    assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize("name", ["ChatFunction", "LateAnswersFunction"])
def test_a_function_that_answers_people_is_given_the_settings_it_reads_and_no_others(name):
    assert settings_given_to(FUNCTIONS[name]) == variables_read_by(name)


def test_every_command_route_has_its_url_in_the_outputs():
    urls = [str(output["Value"].get("Fn::Sub")) for output in TEMPLATE["Outputs"].values()]

    paths = {url.removeprefix("${Api.ApiEndpoint}") for url in urls if url.startswith("${Api.ApiEndpoint}/")}
    assert paths == (set(routes([*PLATFORMS, *BUTTONS])) | set(WEBHOOK_ROUTES)) - {"/health"}


def test_a_request_to_a_webhook_reaches_the_webhook_function_whatever_its_method():
    events = [event["Properties"] for event in FUNCTIONS["WebhookFunction"]["Events"].values()]

    assert {event["Path"] for event in events} == set(WEBHOOK_ROUTES)
    assert {event["Method"] for event in events} == {"ANY"}
    assert {event["PayloadFormatVersion"] for event in events} == {"2.0"}


def test_the_webhook_function_may_only_queue_notices_and_record_the_pages_it_saw():
    webhook = FUNCTIONS["WebhookFunction"]

    assert [(actions_on(statement), statement["Resource"]) for statement in statements_of(webhook)][:2] == [
        (["secretsmanager:GetSecretValue"], {"Ref": "Secret"}),
        (["sqs:SendMessage"], {"Fn::GetAtt": "Background.Arn"}),
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_given_the_settings_it_reads(name):
    assert variables_read_by(name) - settings_given_to(FUNCTIONS[name]) == set()


def test_every_request_without_a_route_of_its_own_reaches_the_chat_function():
    [event] = FUNCTIONS["ChatFunction"]["Events"].values()

    assert event["Type"] == "HttpApi"
    assert event["Properties"]["ApiId"] == {"Ref": "Api"}
    assert "Path" not in event["Properties"]
    assert event["Properties"]["PayloadFormatVersion"] == "2.0"


def test_the_api_is_throttled_and_served_at_its_root():
    api = RESOURCES["Api"]["Properties"]

    assert api["StageName"] == "$default"
    assert api["DefaultRouteSettings"].keys() == {"ThrottlingRateLimit", "ThrottlingBurstLimit"}


def test_the_access_log_holds_no_header_body_query_or_address():
    logged = set(
        re.findall(r"\$context\.([\w.]+)", RESOURCES["Api"]["Properties"]["AccessLogSettings"]["Format"])
    )

    assert logged == {
        "error.message",
        "httpMethod",
        "integrationErrorMessage",
        "path",
        "requestId",
        "requestTime",
        "responseLatency",
        "status",
    }


@every_function
def test_every_function_runs_on_what_it_is_built_for(function):
    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == ["arm64"]
    assert function["CodeUri"] == "src/"


def test_each_deadline_leaves_the_function_time_and_the_function_leaves_the_api_time():
    chat = FUNCTIONS["ChatFunction"]
    timeout_ms = chat["Timeout"] * 1000
    integration_ms = chat["Events"]["EveryRequest"]["Properties"]["TimeoutInMillis"]

    assert PARAMETERS["ReplyDeadlineMs"]["MaxValue"] < 3000
    assert PARAMETERS["LongReplyDeadlineMs"]["MaxValue"] < timeout_ms < integration_ms <= API_GATEWAY_LIMIT_MS


@every_function
def test_every_function_logs_json_to_a_group_of_its_own(function):
    logging = function["LoggingConfig"]

    assert logging["LogFormat"] == "JSON"
    assert RESOURCES[logging["LogGroup"]["Ref"]]["Type"] == "AWS::Logs::LogGroup"


@every_log_group
def test_every_log_group_has_a_retention(name):
    parameter = "AuditRetentionDays" if name == "AuditLogs" else "LogRetentionDays"

    assert RESOURCES[name]["Properties"]["RetentionInDays"] == {"Ref": parameter}


def test_the_secret_has_no_value_and_outlives_the_stack():
    secret = RESOURCES["Secret"]

    assert secret["Properties"].keys().isdisjoint({"SecretString", "GenerateSecretString"})
    assert (secret["DeletionPolicy"], secret["UpdateReplacePolicy"]) == KEPT


@every_function
def test_every_function_has_only_the_rights_spelled_out_in_its_role(function):
    assert "Policies" not in function
    assert "ManagedPolicyArns" not in deployed(role_of(function), {})
    assert not [
        action for statement in statements_of(function) for action in actions_on(statement) if "*" in action
    ]


def test_the_chat_function_may_read_one_secret_queue_jobs_and_a_first_reading_and_write_its_log_and_traces():
    chat = FUNCTIONS["ChatFunction"]
    log_group = chat["LoggingConfig"]["LogGroup"]["Ref"]

    assert [(actions_on(statement), statement["Resource"]) for statement in statements_of(chat)] == [
        (["secretsmanager:GetSecretValue"], chat["Environment"]["Variables"]["SECRET_ID"]),
        (["sqs:SendMessage"], [{"Fn::GetAtt": "LateAnswers.Arn"}, {"Fn::GetAtt": "Background.Arn"}]),
        (["dynamodb:Query"], {"Fn::GetAtt": "Table.Arn"}),
        (["dynamodb:PutItem"], {"Fn::GetAtt": "Table.Arn"}),
        (["logs:CreateLogStream", "logs:PutLogEvents"], {"Fn::GetAtt": f"{log_group}.Arn"}),
    ]


def test_the_worker_may_do_nothing_to_other_queues_tables_and_secrets():
    resources = [statement["Resource"] for statement in statements_of(FUNCTIONS["LateAnswersFunction"])]

    assert resources == [
        {"Ref": "Secret"},
        {"Fn::GetAtt": "LateAnswers.Arn"},
        {"Fn::GetAtt": "Table.Arn"},
        {"Fn::GetAtt": "Table.Arn"},
        {"Fn::GetAtt": "LateAnswersLogs.Arn"},
    ]


def test_nothing_is_written_for_one_partition_of_aws_only():
    text = Path("template.yaml").read_text(encoding="utf-8")

    assert "arn:aws" not in text
    assert set(re.findall(r"[\w.-]*amazonaws[\w.-]*", text)) == {
        "lambda.amazonaws.com",
        "scheduler.amazonaws.com",
    }


def test_the_table_drops_expired_items_and_outlives_the_stack():
    table = RESOURCES["Table"]

    assert table["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == KEPT


def test_both_environments_set_the_same_options():
    configuration = tomllib.loads(Path("samconfig.toml").read_text(encoding="utf-8"))

    options = {
        environment: {
            command: settings["parameters"].keys() for command, settings in configuration[environment].items()
        }
        for environment in ("default", "prod")
    }
    assert options["default"] == options["prod"]


def test_the_digest_counts_days_in_the_zone_in_which_it_is_scheduled():
    digest = RESOURCES["Digest"]["Properties"]
    [zone] = digest["ScheduleExpressionTimezone"].values()
    values = {**DEFAULTS, "DigestChannel": "#leads", zone: "Europe/Berlin"}
    text = re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], digest["Target"]["Input"]["Fn::Sub"])

    order = read_order(json.loads(re.sub("<.+?>", "x", text)))

    assert order == Order("x x", "#leads", timezone="Europe/Berlin")
