"""A running stand-in for Rocket.Chat, and calls to it with the service account's token."""

import pytest
import requests

from tests.fakes.rocketchat import RocketChatServer


class Caller:
    """Calls the API as the service account."""

    def __init__(self, server, session):
        self.server = server
        self.session = session

    def get(self, path, params=None, **options):
        return self._call("GET", path, params=params, **options)

    def post(self, path, json=None, **options):
        return self._call("POST", path, json=json, **options)

    def _call(self, method, path, **options):
        account = self.server.account
        headers = {"X-User-Id": account.user_id, "X-Auth-Token": account.token}
        options = {"headers": headers, "timeout": 5, "allow_redirects": False} | options
        return self.session.request(method, f"{self.server.url}/api/v1/{path}", **options)


@pytest.fixture
def server():
    with RocketChatServer() as running:
        yield running


@pytest.fixture
def api(server):
    with requests.Session() as session:
        yield Caller(server, session)
