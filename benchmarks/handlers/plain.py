"""What the chat function might look like, written straight down: boto3 for the secret, requests for the rest.

It makes the calls that the bot makes when it starts. KEPT_SESSION keeps the connections, and REMEMBERS also
the units and people, so that it makes the two calls that the bot makes from then on.
"""

import base64
import hashlib
import hmac
import json
import os
import time
from functools import cache
from urllib.parse import parse_qs

import boto3
import requests

KEPT_SESSION = os.environ.get("KEPT_SESSION")
REMEMBERS = os.environ.get("REMEMBERS")

secrets_manager = boto3.client("secretsmanager")
http = requests.Session() if KEPT_SESSION else requests


@cache
def secret():
    return json.loads(secrets_manager.get_secret_value(SecretId=os.environ["SECRET_ID"])["SecretString"])


def call(path, **params):
    headers = {
        "X-User-Id": secret()["rocketchat_user_id"],
        "X-Auth-Token": secret()["rocketchat_auth_token"],
    }
    url = f"{os.environ['ROCKETCHAT_URL']}/api/v1/{path}"
    answer = http.get(url, headers=headers, params=params, timeout=2.5)
    answer.raise_for_status()
    return answer.json()


def units():
    return {unit["name"]: unit["_id"] for unit in call("livechat/units", count=0)["units"]}


def people():
    return {person["_id"]: person for person in call("livechat/monitors", text="", count=0)["monitors"]}


if REMEMBERS:
    units, people = cache(units), cache(people)


def is_signed(event, body):
    stamp = event["headers"]["x-slack-request-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    key = secret()["slack_signing_secret"].encode()
    expected = "v0=" + hmac.new(key, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, event["headers"]["x-slack-signature"])


def handler(event, context):
    body = base64.b64decode(event["body"]).decode()
    if not is_signed(event, body):
        return {"statusCode": 401, "body": ""}
    unit_name = parse_qs(body)["text"][0]
    unit_id = units()[unit_name]
    known = people()
    links = call(f"livechat/units/{unit_id}/monitors")["monitors"]
    seen = call("users.presence", ids=[link["monitorId"] for link in links])["users"]
    presence = {user["_id"]: user["status"] for user in seen}
    lines = [
        f"{known[link['monitorId']]['name']}: {presence.get(link['monitorId'], 'offline')}" for link in links
    ]
    payload = {"response_type": "ephemeral", "text": "\n".join([unit_name, *lines])}
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(payload),
    }
