"""The parameters of the template: what they take, what they change, and which of them can't work together."""

import re

import pytest

from tests.fakes.sam_template import FUNCTIONS, PARAMETERS, RESOURCES, TEMPLATE, deployed, refusals
from tests.unit.test_template import CALLING_OUT, every_function, role_of

IN_A_VPC = {"SubnetIds": "subnet-0a1b2c3d,subnet-4e5f6a7b", "SecurityGroupIds": "sg-0a1b2c3d"}
DIGEST = {"DigestSchedule": "rate(1 hour)", "DigestChannel": "#leads"}


@pytest.mark.parametrize(
    "url", ["https://chat.example.com", "http://localhost:3000", "https://example.com/chat/"]
)
def test_a_base_url_is_accepted(url):
    assert re.search(PARAMETERS["RocketChatUrl"]["AllowedPattern"], url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "chat.example.com",
        "https://",
        "https://bot:pass@chat.example.com",
        "https://example.com/?a=b",
        "https://a b",
    ],
)
def test_anything_else_is_no_base_url(url):
    assert not re.search(PARAMETERS["RocketChatUrl"]["AllowedPattern"], url)


def test_the_log_level_never_drops_metrics():
    assert PARAMETERS["LogLevel"]["AllowedValues"] == ["DEBUG", "INFO"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_without_subnets_no_function_is_in_a_vpc_or_has_a_right_to_networks(name):
    assert "VpcConfig" not in deployed(FUNCTIONS[name], {})
    assert "ManagedPolicyArns" not in deployed(role_of(FUNCTIONS[name]), {})
    assert deployed(TEMPLATE["Conditions"][RESOURCES["NetworkPolicy"]["Condition"]], {}) is False


@pytest.mark.parametrize("name", FUNCTIONS)
def test_with_subnets_the_functions_that_call_other_servers_are_in_the_vpc_and_no_others(name):
    function, role = deployed(FUNCTIONS[name], IN_A_VPC), deployed(role_of(FUNCTIONS[name]), IN_A_VPC)

    vpc = {"SubnetIds": ["subnet-0a1b2c3d", "subnet-4e5f6a7b"], "SecurityGroupIds": ["sg-0a1b2c3d"]}
    calls_out = name in CALLING_OUT
    assert function.get("VpcConfig") == (vpc if calls_out else None)
    assert role.get("ManagedPolicyArns") == ([{"Ref": "NetworkPolicy"}] if calls_out else None)


def test_lambda_may_handle_network_interfaces_and_the_functions_own_code_may_not():
    allowed, denied = RESOURCES["NetworkPolicy"]["Properties"]["PolicyDocument"]["Statement"]

    assert (allowed["Effect"], denied["Effect"]) == ("Allow", "Deny")
    assert {action.partition(":")[2] for action in allowed["Action"]} == {
        "CreateNetworkInterface",
        "DescribeNetworkInterfaces",
        "DeleteNetworkInterface",
        "AssignPrivateIpAddresses",
        "UnassignPrivateIpAddresses",
    }
    assert denied["Action"] == "ec2:*"
    assert denied["Condition"]["ArnLike"].keys() == {"lambda:SourceFunctionArn"}


@pytest.mark.parametrize(("parameter", "reserved"), [({}, None), ({"ChatReservedConcurrency": "20"}, "20")])
def test_concurrency_is_reserved_for_commands_only_if_asked_for(parameter, reserved):
    chat = deployed(FUNCTIONS["ChatFunction"], parameter)

    assert chat.get("ReservedConcurrentExecutions") == reserved


@every_function
def test_every_function_knows_the_domain_of_its_partition_and_which_endpoints_are_wanted(function):
    variables = deployed(function, {"UseFipsEndpoints": "true"})["Environment"]["Variables"]

    assert variables["AWS_URL_SUFFIX"] == {"Ref": "AWS::URLSuffix"}
    assert (variables["AWS_USE_FIPS_ENDPOINT"], variables["AWS_USE_DUALSTACK_ENDPOINT"]) == ("true", "false")


@pytest.mark.parametrize(
    "values",
    [
        {},
        DIGEST,
        {"DigestChannel": "#leads"},
        {**DIGEST, "DigestAlert": "false"},
        {**DIGEST, "DigestPost": "alerts"},
        {**DIGEST, "DigestPost": "always", "DigestAlert": "false"},
        {"RefreshSchedule": ""},
        IN_A_VPC,
        IN_A_VPC | DIGEST,
    ],
)
def test_what_can_work_is_not_refused(values):
    assert refusals(values) == []


@pytest.mark.parametrize(
    ("values", "what_to_do"),
    [
        ({"DigestSchedule": "rate(1 hour)"}, ["Give the channel"]),
        ({**DIGEST, "DigestPost": "alerts", "DigestAlert": "false"}, ["Set DigestAlert to true"]),
        ({"SubnetIds": "subnet-0a1b2c3d"}, ["Give at least one security group"]),
        ({"SecurityGroupIds": "sg-0a1b2c3d"}, ["Give at least one subnet"]),
        (
            {"SubnetIds": "subnet-0a1b2c3d", "DigestSchedule": "rate(1 hour)"},
            ["Give the channel", "Give at least one security group"],
        ),
    ],
)
def test_what_cannot_work_is_refused_with_what_to_do(values, what_to_do):
    said = refusals(values)

    assert len(said) == len(what_to_do)
    assert [words for words, refusal in zip(what_to_do, said, strict=True) if words not in refusal] == []
    assert [refusal for refusal in said if not set(re.findall(r"\w+", refusal)) & PARAMETERS.keys()] == []


@pytest.mark.parametrize(
    ("parameter", "good", "bad"),
    [
        (
            "SubnetIds",
            ["", "subnet-0a1b2c3d", "subnet-0a1b2c3d4e5f6a7b8,subnet-1"],
            ["subnet-1, subnet-2", "sg-1", "subnet-1,", "vpc-1", " "],
        ),
        ("SecurityGroupIds", ["", "sg-0a1b2c3d", "sg-1,sg-2"], ["sg-1 sg-2", "subnet-1", ",sg-1", "default"]),
        ("DigestChannel", ["", "#leads", "@kim", "room id"], [" ", "#", '#a"b', "a\\b", "##"]),
    ],
)
def test_a_parameter_of_the_wrong_form_is_refused(parameter, good, bad):
    pattern = PARAMETERS[parameter]["AllowedPattern"]

    assert [value for value in good if not re.search(pattern, value)] == []
    assert [value for value in bad if re.search(pattern, value)] == []


def test_alarms_are_mailed_only_to_an_address_that_was_given():
    assert PARAMETERS["AlarmEmail"]["Default"] == ""
    assert RESOURCES["AlarmMail"]["Condition"] == "AlarmsAreMailed"
