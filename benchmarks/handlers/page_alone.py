"""A page with requests and nothing of ours: the proof and the four calls to AWS of the webhook door."""

import gc

gc.set_threshold(50_000)

import base64  # noqa: E402 - as in the bot, collection begins late
import hashlib  # noqa: E402
import hmac  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402

import requests  # noqa: E402
from requests.adapters import HTTPAdapter  # noqa: E402
from requests_aws4auth import AWS4Auth  # noqa: E402

http = HTTPAdapter()


def call(service, target, payload):
    version = "1.1" if service == "secretsmanager" else "1.0"
    request = requests.Request(
        "POST",
        f"{os.environ['AWS_ENDPOINT_URL']}/",
        headers={"Content-Type": f"application/x-amz-json-{version}", "X-Amz-Target": target},
        data=json.dumps(payload).encode(),
        auth=AWS4Auth(
            os.environ["AWS_ACCESS_KEY_ID"],
            os.environ["AWS_SECRET_ACCESS_KEY"],
            os.environ["AWS_REGION"],
            service,
        ),
    )
    answer = http.send(request.prepare(), timeout=4)
    answer.raise_for_status()
    return json.loads(answer.content)


def handler(event, context):
    reading = {"SecretId": os.environ["SECRET_ID"]}
    secret = json.loads(call("secretsmanager", "secretsmanager.GetSecretValue", reading)["SecretString"])
    headers, body = event["headers"], event["body"].encode()
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret["webhook_secret"].removeprefix("whsec_"))
    proof = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    if not hmac.compare_digest(f"v1,{proof}", headers["webhook-signature"]):
        return {"statusCode": 401, "body": ""}
    place = {"S": f"webhook#{hashlib.sha256(headers['webhook-id'].encode()).hexdigest()}"}
    table = {"TableName": os.environ["TABLE_NAME"]}
    query = {
        "KeyConditionExpression": "pk = :place",
        "ExpressionAttributeValues": {":place": place},
        "ConsistentRead": True,
    }
    call("dynamodb", "DynamoDB_20120810.Query", {**table, **query})
    message = {"QueueUrl": os.environ["BACKGROUND_QUEUE_URL"], "MessageBody": body.decode()}
    call("sqs", "AmazonSQS.SendMessage", message)
    item = {"pk": place, "sk": {"S": "seen"}}
    call("dynamodb", "DynamoDB_20120810.PutItem", {**table, "Item": item})
    return {"statusCode": 202, "body": ""}
