"""boto3: where it looks for AWS, how its refusals are told apart, and that nothing loads it by accident."""

import subprocess
import sys

import pytest

from monitors_bot.aws.sdk import Sdk, SdkTable
from monitors_bot.errors import Overtaken
from tests.fakes.local_aws import CREDENTIALS, REGION

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


def test_any_other_refusal_is_raised_as_it_is(dynamodb):
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        SdkTable(dynamodb, "no-such-table").call("Query", PLACE)
