"""The least that answers at all: the same calls as the bot's, with nothing but the standard library."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import time
from urllib.parse import parse_qs, urlencode, urlsplit


def connection(url):
    parts = urlsplit(url)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=2.5)


def signed(service, target, body):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html"""
    region, host = os.environ["AWS_REGION"], urlsplit(os.environ["AWS_ENDPOINT_URL"]).netloc
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "host": host,
        "x-amz-date": moment,
        "x-amz-target": target,
    }
    names = ";".join(headers)
    fields = "".join(f"{name}:{value}\n" for name, value in headers.items())
    canonical = f"POST\n/\n\n{fields}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{moment[:8]}/{region}/{service}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{os.environ['AWS_SECRET_ACCESS_KEY']}".encode()
    for part in (moment[:8], region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    credential = f"{os.environ['AWS_ACCESS_KEY_ID']}/{scope}"
    proof = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": proof}


def read_secret():
    body = json.dumps({"SecretId": os.environ["SECRET_ID"]}).encode()
    aws = connection(os.environ["AWS_ENDPOINT_URL"])
    aws.request("POST", "/", body, signed("secretsmanager", "secretsmanager.GetSecretValue", body))
    return json.loads(json.load(aws.getresponse())["SecretString"])


def handler(event, context):
    secret = read_secret()
    body = base64.b64decode(event["body"])
    stamp = event["headers"]["x-slack-request-timestamp"]
    text = b"v0:" + stamp.encode() + b":" + body
    expected = "v0=" + hmac.digest(secret["slack_signing_secret"].encode(), text, "sha256").hex()
    if not hmac.compare_digest(expected, event["headers"]["x-slack-signature"]):
        return {"statusCode": 401, "body": ""}
    server = connection(os.environ["ROCKETCHAT_URL"])
    account = {"X-User-Id": secret["rocketchat_user_id"], "X-Auth-Token": secret["rocketchat_auth_token"]}

    def call(path):
        server.request("GET", f"/api/v1/{path}", headers=account)
        return json.load(server.getresponse())

    unit_name = parse_qs(body.decode())["text"][0]
    units = {unit["name"]: unit["_id"] for unit in call("livechat/units?count=0")["units"]}
    people = {person["_id"]: person for person in call("livechat/monitors?text=&count=0")["monitors"]}
    links = call(f"livechat/units/{units[unit_name]}/monitors")["monitors"]
    ids = urlencode([("ids", link["monitorId"]) for link in links])
    presence = {user["_id"]: user["status"] for user in call(f"users.presence?{ids}")["users"]}
    lines = [
        f"{people[link['monitorId']]['name']}: {presence.get(link['monitorId'], 'offline')}" for link in links
    ]
    payload = {"response_type": "ephemeral", "text": "\n".join([unit_name, *lines])}
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(payload),
    }
