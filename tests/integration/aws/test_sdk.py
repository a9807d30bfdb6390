"""boto3: where it looks for AWS, how its refusals are told apart, and that nothing loads it by accident."""

import subprocess
import sys
import traceback

import pytest

from monitors_bot.aws.sdk import PAUSES, Sdk, SdkTable
from monitors_bot.errors import AwsRefused, Overtaken
from tests.fakes.local_aws import CREDENTIALS, REGION
from tests.fakes.troubled_table import troubled_table

ITEM = {"pk": {"S": "place"}, "sk": {"S": "name#000"}, "body": {"S": "1"}}
KEY = {"pk": {"S": "place"}, "sk": {"S": "name#000"}}
NEW = {"ConditionExpression": "attribute_not_exists(pk)"}
PLACE = {"KeyConditionExpression": "pk = :place", "ExpressionAttributeValues": {":place": {"S": "place"}}}


@pytest.fixture
def dynamodb(aws):
    client = Sdk(aws.environment).client("dynamodb")
    yield client
    client.close()


@pytest.fixture
def items(dynamodb, table):
    return SdkTable(dynamodb, table)


def test_importing_the_module_does_not_load_boto3():
    script = "import sys; from monitors_bot.aws import sdk; assert 'botocore' not in sys.modules"

    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, f"https://sqs.{REGION}.amazonaws.com"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:5000"}, "http://127.0.0.1:5000"),
        ({"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SQS": "http://queues"}, "http://queues"),
    ],
)
def test_a_client_is_where_the_environment_says_and_asks_twice_at_most(environ, url):
    client = Sdk(CREDENTIALS | environ).client("sqs")

    assert client.meta.endpoint_url == url
    assert client.meta.config.retries["total_max_attempts"] == 2
    client.close()


def test_no_proxy_of_the_environment_comes_between(aws, table, monkeypatch, nobodys_url):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, nobodys_url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    client = Sdk(aws.environment).client("dynamodb")

    assert SdkTable(client, table).call("Query", PLACE)["Items"] == []
    client.close()


def test_items_are_written_read_and_deleted(items):
    items.call("PutItem", {"Item": ITEM})
    assert items.call("Query", PLACE)["Items"] == [ITEM]

    items.call("DeleteItem", {"Key": KEY})
    assert items.call("Query", PLACE)["Items"] == []


def test_a_transaction_is_for_the_same_table(items):
    other = {**ITEM, "sk": {"S": "other#000"}}
    items.call("TransactWriteItems", {"TransactItems": [{"Put": {"Item": one}} for one in (ITEM, other)]})

    items.call("TransactWriteItems", {"TransactItems": [{"Delete": {"Key": KEY}}]})

    assert items.call("Query", PLACE)["Items"] == [other]


@pytest.mark.parametrize(
    ("operation", "payload"),
    [
        ("PutItem", {"Item": ITEM, **NEW}),
        ("DeleteItem", {"Key": KEY, **NEW}),
        ("TransactWriteItems", {"TransactItems": [{"Put": {"Item": ITEM, **NEW}}]}),
    ],
)
def test_a_condition_that_is_not_met_is_overtaken(items, operation, payload):
    items.call("PutItem", {"Item": ITEM})

    with pytest.raises(Overtaken, match=operation):
        items.call(operation, payload)


def test_any_other_refusal_is_raised_with_its_name_alone(dynamodb):
    with pytest.raises(AwsRefused) as caught:
        SdkTable(dynamodb, "no-such-table").call("Query", PLACE)

    assert str(caught.value) == "400 ResourceNotFoundException"


# A call that is refused for now


@pytest.fixture
def troubled(aws, table):
    with troubled_table(aws.url) as door:
        client = Sdk({**aws.environment, "AWS_ENDPOINT_URL_DYNAMODB": door.url}).client("dynamodb")
        yield door, SdkTable(client, table, door.waits.append)
        client.close()


TWO_WRITES = {
    "TransactItems": [
        {"Put": {"Item": {**ITEM, "sk": {"S": f"{name}#000"}}, **NEW}} for name in ("one", "other")
    ]
}


@pytest.mark.parametrize(
    "reasons",
    [
        ("ThrottlingError", "None"),
        ("None", "ProvisionedThroughputExceeded"),
        ("TransactionConflict", "None"),
        ("TransactionConflict", "ThrottlingError"),
        (),
    ],
)
def test_a_transaction_cancelled_for_a_reason_that_may_pass_is_written_in_the_end(troubled, reasons):
    door, items = troubled
    door.cancel(*reasons, times=len(PAUSES))

    items.call("TransactWriteItems", TWO_WRITES)

    assert len(items.call("Query", PLACE)["Items"]) == 2
    assert [pause / 2 <= wait <= 1.5 * pause for pause, wait in zip(PAUSES, door.waits, strict=True)]


def test_a_transaction_that_is_cancelled_again_and_again_is_given_up(troubled):
    door, items = troubled
    door.cancel("ThrottlingError", "None", times=None)

    with pytest.raises(AwsRefused) as caught:
        items.call("TransactWriteItems", TWO_WRITES)

    assert str(caught.value) == "400 ThrottlingError"
    assert len(door.waits) == len(PAUSES)


@pytest.mark.parametrize(
    "reasons", [("None", "ValidationError"), ("ConditionalCheckFailed", "ValidationError")]
)
def test_a_transaction_that_can_never_work_is_not_tried_again(troubled, reasons):
    door, items = troubled
    door.cancel(*reasons, times=None)

    with pytest.raises(AwsRefused, match="ValidationError"):
        items.call("TransactWriteItems", TWO_WRITES)

    assert not door.waits


@pytest.mark.parametrize("other", ["None", "ThrottlingError", "TransactionConflict"])
def test_a_condition_of_a_transaction_that_is_not_met_is_overtaken_whatever_else_is_wrong(troubled, other):
    door, items = troubled
    door.cancel(other, "ConditionalCheckFailed")

    with pytest.raises(Overtaken):
        items.call("TransactWriteItems", TWO_WRITES)

    assert not door.waits


@pytest.mark.parametrize("name", ["TransactionConflictException", "ThrottlingException"])
def test_a_single_write_that_is_refused_for_now_is_tried_again(troubled, name):
    door, items = troubled
    door.refuse("PutItem", name, times=3)

    items.call("PutItem", {"Item": ITEM, **NEW})

    assert items.call("Query", PLACE)["Items"] == [ITEM]


def test_no_word_of_aws_but_a_name_is_repeated(troubled, caplog):
    door, items = troubled
    door.refuse("PutItem", "canary", times=None)
    door.cancel("canary", "None", times=None)

    for operation, payload in (("PutItem", {"Item": ITEM}), ("TransactWriteItems", TWO_WRITES)):
        with pytest.raises(AwsRefused) as caught:
            items.call(operation, payload)
        assert "canary" not in "".join(traceback.format_exception(caught.value))
