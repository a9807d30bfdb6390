import pytest

from monitors_bot.aws.services import custom_endpoint


@pytest.mark.parametrize(
    ("service", "environ", "endpoint"),
    [
        ("sqs", {}, None),
        ("sqs", {"AWS_ENDPOINT_URL": ""}, None),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all"}, "http://all"),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all/"}, "http://all"),
        ("sqs", {"AWS_ENDPOINT_URL_SQS": "http://queues"}, "http://queues"),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SQS": "http://queues"}, "http://queues"),
        ("sqs", {"AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SQS": ""}, "http://all"),
        ("sqs", {"AWS_ENDPOINT_URL_DYNAMODB": "http://table"}, None),
        ("dynamodb", {"AWS_ENDPOINT_URL_DYNAMODB": "http://table"}, "http://table"),
        ("secretsmanager", {"AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://secrets"}, "http://secrets"),
        ("secretsmanager", {"AWS_ENDPOINT_URL_SECRETSMANAGER": "http://secrets"}, None),
    ],
)
def test_a_service_has_the_endpoint_of_the_environment_or_else_that_of_aws(service, environ, endpoint):
    assert custom_endpoint(environ, service) == endpoint
