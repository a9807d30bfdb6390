"""Signed calls of AWS: the same signature as AWS's own library makes, to the right address."""

import json
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitors_bot.aws.signed import LEAST_SECONDS, LONGEST_PAUSE, SHORTEST_PAUSE, SignedAws, SignedTable
from monitors_bot.errors import AwsRefused, OutOfTime, Overtaken, ServerUnreachable, SettingsError
from monitors_bot.outbound import Answer, Outbound
from tests.fakes.local_aws import CREDENTIALS, REGION
from tests.fakes.scripted_server import ScriptedServer, http_answer
from tests.integration.aws.conftest import PretendedAws
from tests.integration.conftest import AMPLE_SECONDS

SERVICE = "secretsmanager"
TARGET = "secretsmanager.GetSecretValue"


def names_of_signed_headers(heard):
    return heard.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")


def signature_by_botocore(heard, url, credentials, region=REGION):
    """Sign what arrived once more, with AWS's own signer, for the time it was signed at."""
    signed_names = names_of_signed_headers(heard)
    signed = {name: heard.headers[name] for name in signed_names}
    request = AWSRequest(heard.method, url + heard.path, headers=signed, data=heard.body)
    request.context["timestamp"] = heard.headers["x-amz-date"]
    signer = SigV4Auth(credentials, SERVICE, region)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    return (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, "
        f"SignedHeaders={';'.join(signed_names)}, Signature={signer.signature(text, request)}"
    )


payloads = st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers(), max_size=3)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(payload=payloads, session_token=st.none() | st.from_regex(r"[A-Za-z0-9+/=]{1,60}", fullmatch=True))
def test_the_signature_is_what_awss_own_library_makes(pretend, in_seconds, payload, session_token):
    aws = pretend({})
    token = {"AWS_SESSION_TOKEN": session_token} if session_token else {}

    aws.signed(**token).call(SERVICE, TARGET, payload, in_seconds(AMPLE_SECONDS))

    (heard,) = aws.heard
    credentials = Credentials("testing", "testing", session_token)
    assert heard.headers["authorization"] == signature_by_botocore(heard, aws.url, credentials)
    assert json.loads(heard.body) == payload


def test_what_matters_is_signed_and_the_date_is_of_now(pretend, ample):
    aws = pretend({})

    aws.signed(AWS_SESSION_TOKEN="session").call(SERVICE, TARGET, {}, ample)

    (heard,) = aws.heard
    names = set(names_of_signed_headers(heard))
    assert {"host", "x-amz-date", "x-amz-target", "x-amz-security-token"} <= names
    signed_at = datetime.strptime(heard.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - signed_at) < timedelta(minutes=5)


def test_a_session_token_is_sent_where_there_is_one(pretend, ample):
    aws = pretend({})

    aws.signed(AWS_SESSION_TOKEN="session").call(SERVICE, TARGET, {}, ample)
    aws.signed().call(SERVICE, TARGET, {}, ample)

    tokens = [heard.headers.get("x-amz-security-token") for heard in aws.heard]
    assert tokens == ["session", None]


def test_awss_json_is_what_comes_back(pretend, ample):
    aws = pretend({"SecretString": "é"}, Content_Type="application/x-amz-json-1.1")

    assert aws.signed().call(SERVICE, TARGET, {}, ample) == {"SecretString": "é"}
    assert (aws.heard[0].method, aws.heard[0].path) == ("POST", "/")
    assert aws.heard[0].headers["x-amz-target"] == TARGET
    assert aws.heard[0].headers["content-type"] == "application/x-amz-json-1.1"


# Where AWS is


class AddressBook(Outbound):
    """Writes down where it would have sent something."""

    def __init__(self):
        super().__init__()
        self.urls = []

    def post(self, url, *_args, **_options):
        self.urls.append(url)
        return Answer(200, {}, b"{}")


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, "https://secretsmanager.eu-central-1.amazonaws.com/"),
        ({"AWS_REGION": "us-east-1"}, "https://secretsmanager.us-east-1.amazonaws.com/"),
        ({"AWS_REGION": "us-gov-west-1"}, "https://secretsmanager.us-gov-west-1.amazonaws.com/"),
        ({"AWS_REGION": "cn-north-1"}, "https://secretsmanager.cn-north-1.amazonaws.com.cn/"),
        (
            {"AWS_REGION": "", "AWS_DEFAULT_REGION": "us-west-2"},
            "https://secretsmanager.us-west-2.amazonaws.com/",
        ),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:5000"}, "http://127.0.0.1:5000/"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:5000/"}, "http://127.0.0.1:5000/"),
        (
            {"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://secrets"},
            "http://secrets/",
        ),
        ({"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SECRETS_MANAGER": ""}, "http://all/"),
        ({"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SQS": "http://queues"}, "http://all/"),
    ],
)
def test_aws_is_where_the_environment_says_or_else_at_its_regions_address(ample, environ, url):
    addresses = AddressBook()

    SignedAws(addresses, CREDENTIALS | environ).call(SERVICE, TARGET, {}, ample)

    addresses.close()
    assert addresses.urls == [url]


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"])
@pytest.mark.parametrize("change", [{}, {"empty": ""}], ids=["missing", "empty"])
def test_a_missing_variable_is_named(pretend, outbound, ample, name, change):
    environ = {key: value for key, value in CREDENTIALS.items() if key != name}
    environ |= dict.fromkeys([name], "") if change else {}

    with pytest.raises(SettingsError, match=name):
        SignedAws(outbound, environ).call(SERVICE, TARGET, {}, ample)


# What AWS refuses


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (400, {"__type": "ResourceNotFoundException", "Message": "secret-name"}, "ResourceNotFoundException"),
        (400, {"__type": "com.amazonaws.x#AccessDeniedException"}, "AccessDeniedException"),
        (400, {}, "400"),
        (500, {"__type": "InternalServiceError"}, "500 InternalServiceError"),
        (200, [], "200"),
        (200, "text", "200"),
        (200, None, "200"),
        (200, b"", "200 without JSON"),
        (200, b"<html>", "200 without JSON"),
        (200, b"\xff\xfe\xfd", "200 without JSON"),
        (200, b"[" * 100_000, "200 without JSON"),
        (503, b"Service Unavailable", "503 without JSON"),
        (302, {}, "302"),
    ],
)
def test_a_refusal_says_what_aws_calls_it_and_nothing_else(pretend, ample, status, body, message):
    aws = pretend(body, status)

    with pytest.raises(AwsRefused, match=message) as caught:
        aws.signed().call(SERVICE, TARGET, {}, ample)

    assert "secret-name" not in str(caught.value)


def test_a_request_is_not_sent_on_to_where_an_answer_points(pretend, ample):
    elsewhere = pretend({})
    aws = pretend({}, 307, Location=f"{elsewhere.url}/")

    with pytest.raises(AwsRefused):
        aws.signed().call(SERVICE, TARGET, {}, ample)

    assert elsewhere.heard == []


def test_an_aws_that_is_not_there_is_unreachable(outbound, ample, nobodys_url):
    aws = SignedAws(outbound, CREDENTIALS | {"AWS_ENDPOINT_URL": nobodys_url})

    with pytest.raises(ServerUnreachable) as caught:
        aws.call(SERVICE, TARGET, {}, ample)

    assert not isinstance(caught.value, OutOfTime | AwsRefused)


# What may pass

CALLS = [
    ("secretsmanager", "secretsmanager.GetSecretValue"),
    ("sqs", "AmazonSQS.SendMessage"),
    ("dynamodb", "DynamoDB_20120810.Query"),
    ("dynamodb", "DynamoDB_20120810.PutItem"),
]
PASSING = [
    (400, "ThrottlingException"),
    (400, "RequestThrottled"),
    (400, "ProvisionedThroughputExceededException"),
    (400, "com.amazonaws.dynamodb.v20120810#RequestLimitExceeded"),
    (400, "com.amazonaws.sqs#KMS.ThrottlingException"),
    (400, "TransactionConflictException"),
    (429, "BrandNewException"),
    (500, "InternalServiceError"),
    (500, "InternalServerError"),
    (503, "ServiceUnavailable"),
    (503, b"<html>"),
    (502, b""),
    (200, b'{"Items": ['),
]
FINAL = [
    (400, "ResourceNotFoundException"),
    (400, "AccessDeniedException"),
    (400, "InvalidRequestException"),
    (400, "InvalidParameterException"),
    (400, "DecryptionFailure"),
    (400, "com.amazonaws.sqs#QueueDoesNotExist"),
    (400, "AWS.SimpleQueueService.NonExistentQueue"),
    (400, "ValidationException"),
    (400, "ConditionalCheckFailedException"),
    (400, "ItemCollectionSizeLimitExceededException"),
    (400, "UnrecognizedClientException"),
    (400, "ExpiredTokenException"),
    (403, "InvalidSignatureException"),
    (400, "IncompleteSignature"),
    (400, "BrandNewException"),
    (400, b""),
    (403, b"<html>"),
    (404, b"not found"),
]
OWN_ANSWER = {"MessageId": "1"}


@pytest.fixture
def refusing(outbound):
    """Signed calls to an AWS that refuses some, and then does what it is asked for."""
    with ExitStack() as running:

        def start(status, body, *, times):
            content = body if isinstance(body, bytes) else json.dumps({"__type": body}).encode()

            def answer(_):
                is_refused = len(server.heard) <= times
                yield (
                    http_answer(content, status)
                    if is_refused
                    else http_answer(json.dumps(OWN_ANSWER).encode())
                )

            server = running.enter_context(ScriptedServer(answer))
            return PretendedAws(server, outbound)

        yield start


@pytest.mark.parametrize(("service", "target"), CALLS)
@pytest.mark.parametrize(("status", "body"), PASSING)
def test_a_call_that_is_refused_for_now_is_made_once_more(refusing, ample, service, target, status, body):
    aws = refusing(status, body, times=1)

    assert aws.signed().call(service, target, {"x": 1}, ample) == OWN_ANSWER

    first, second = aws.heard
    assert (first.body, first.headers["x-amz-target"]) == (second.body, target)
    [pause] = aws.waits
    assert SHORTEST_PAUSE <= pause <= LONGEST_PAUSE


@pytest.mark.parametrize(("service", "target"), CALLS)
@pytest.mark.parametrize(("status", "body"), FINAL)
def test_a_call_that_is_refused_for_good_is_not_made_again(refusing, ample, service, target, status, body):
    aws = refusing(status, body, times=1)

    with pytest.raises(AwsRefused):
        aws.signed().call(service, target, {}, ample)

    assert (len(aws.heard), aws.waits) == (1, [])


def test_a_call_that_is_refused_twice_is_given_up(refusing, ample):
    aws = refusing(503, "ServiceUnavailable", times=9)

    with pytest.raises(AwsRefused, match="503"):
        aws.signed().call(SERVICE, TARGET, {}, ample)

    assert len(aws.heard) == 2


def test_where_too_little_time_is_left_no_second_try_is_made(refusing, in_seconds):
    aws = refusing(503, "ServiceUnavailable", times=1)

    with pytest.raises(AwsRefused):
        aws.signed().call(SERVICE, TARGET, {}, in_seconds(LEAST_SECONDS))

    assert (len(aws.heard), aws.waits) == (1, [])


def test_many_that_were_refused_together_do_not_come_back_together(refusing, ample):
    aws = refusing(400, "ThrottlingException", times=9)

    for _ in range(4):
        with pytest.raises(AwsRefused):
            aws.signed().call(SERVICE, TARGET, {}, ample)

    assert len(set(aws.waits)) == 4


# The table


def test_an_operation_goes_to_the_table_by_its_name(pretend, ample):
    aws = pretend({"Items": []})

    answer = SignedTable(aws.signed(), "monitors-bot", ample).call("Query", {"Limit": 1})

    (heard,) = aws.heard
    assert heard.headers["x-amz-target"] == "DynamoDB_20120810.Query"
    assert json.loads(heard.body) == {"TableName": "monitors-bot", "Limit": 1}
    assert answer == {"Items": []}


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("ConditionalCheckFailedException", Overtaken),
        ("TransactionConflictException", AwsRefused),
        ("ResourceNotFoundException", AwsRefused),
        ("ProvisionedThroughputExceededException", AwsRefused),
    ],
)
def test_a_condition_that_is_not_met_is_overtaken_and_any_other_refusal_is_not(pretend, ample, name, error):
    aws = pretend({"__type": f"com.amazonaws.dynamodb.v20120810#{name}"}, 400)

    with pytest.raises(error):
        SignedTable(aws.signed(), "monitors-bot", ample).call("PutItem", {})


def test_items_written_to_the_local_aws_are_read_from_it(outbound, aws, table, ample):
    items = SignedTable(SignedAws(outbound, aws.environment), table, ample)
    item = {"pk": {"S": "place"}, "sk": {"S": "name#000"}}
    values = {":place": {"S": "place"}}

    items.call("PutItem", {"Item": item})

    query = {"KeyConditionExpression": "pk = :place", "ExpressionAttributeValues": values}
    assert items.call("Query", query)["Items"] == [item]
