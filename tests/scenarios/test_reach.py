"""A server in a private network: behind an authority of its own, behind a proxy, and behind both."""

import logging

import pytest

from tests.conftest import SECRET_NAME
from tests.fakes.certificates import Authority
from tests.fakes.chat_client import MattermostClient, SlackClient
from tests.fakes.proxy import Fault, Proxy
from tests.fakes.response_urls import ResponseUrlServer
from tests.scenarios.conftest import HOOK

MISTAKE = "the secret has keys that are missing or can't be used"
LOGIN = "kim:guarded"
NAME = "chat.internal"
ONLINE = "Sales: 1 of 1 monitor online"


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, careless=True)


@pytest.fixture
def encrypted(company, authority):
    """Let the server speak TLS; return how to give it a certificate for a name."""

    def restart(name):
        company.stop()
        company.tls = authority.server_context(name)
        return company.start()

    return restart


@pytest.fixture
def hooks(authority):
    with ResponseUrlServer(tls=authority.server_context("hooks.internal")) as server:
        yield server


@pytest.fixture
def proxy(encrypted, hooks):
    """The only way to the server, and to where late answers are taken."""
    places = {NAME: encrypted(NAME).port, "hooks.internal": int(hooks.url.rpartition(":")[2])}
    with Proxy(places, login=LOGIN) as running:
        yield running


@pytest.fixture
def change_secret(aws, secret, bot):
    """Change the secret, and let the time pass after which it is read again."""

    def change(**values):
        aws.change_secret(SECRET_NAME, {**secret, **values})
        bot.clock.advance(301)

    return change


@pytest.fixture
def by_proxy(proxy, authority, change_secret, bot):
    """A bot that is told of the authority and of the proxy."""
    change_secret(ca_certificates=authority.pem, https_proxy=f"http://{LOGIN}@{proxy.address}")
    bot.environ["ROCKETCHAT_URL"] = f"https://{NAME}"
    bot.start_cold()
    return bot


def why(caplog):
    return next(line.why for line in reversed(caplog.records) if line.message == "answered")


def test_a_server_with_a_private_authority_is_trusted_as_soon_as_the_secret_names_it(
    ask, bot, encrypted, authority, change_secret
):
    bot.environ["ROCKETCHAT_URL"] = encrypted("127.0.0.1").url
    bot.start_cold()
    assert ask("Sales").title == "The certificate of the Rocket.Chat server is not trusted."

    change_secret(ca_certificates=authority.pem.replace("\n", r"\n"))

    assert ask("Sales").title == ONLINE

    change_secret()

    assert "The certificate of the Rocket.Chat server is not trusted." in ask("Sales")


def test_a_server_behind_a_proxy_and_a_private_authority_answers(ask, by_proxy, proxy, platform):
    assert ask("Sales", platform).title == ONLINE

    assert set(proxy.lines) == {f"CONNECT {NAME}:443"}  # and nothing for AWS


def test_a_plain_server_is_asked_through_the_proxy_too(ask, bot, rocketchat, change_secret):
    with Proxy({"plain.internal": rocketchat.port}) as proxy:
        change_secret(https_proxy=proxy.address)
        bot.environ["ROCKETCHAT_URL"] = "http://plain.internal"
        bot.start_cold()

        assert ask("Sales").title == ONLINE

    assert len(proxy.asked) == len(rocketchat.calls)


@pytest.mark.parametrize("client", [SlackClient(), MattermostClient()], ids=["slack", "mattermost"])
def test_a_late_answer_goes_through_the_proxy_once(late, by_proxy, proxy, rocketchat, hooks, client):
    url = "https://hooks.internal"
    by_proxy.environ |= {"SLACK_HOOKS_URL": url, "MATTERMOST_URL": url}
    late.restart()
    rocketchat.fail("livechat/units", "never", times=1)
    answer = late.ask_silent_server("Sales", client, response_url=url + HOOK)
    assert answer.title == "Still looking, the answer follows."
    proxy.fault = 407

    late.work()
    assert hooks.accepted == []

    proxy.fault = None
    for _ in range(2):
        late.queue.make_visible()
        late.work()

    assert [ONLINE in str(payload) for payload in hooks.accepted] == [True]
    assert "CONNECT hooks.internal:443" in proxy.lines


DOWN, FORBIDS = (
    f"The proxy on the way to Rocket.Chat {words}." for words in ("does not work", "refuses the bot")
)


@pytest.mark.parametrize(
    ("fault", "title", "logged"),
    [
        (Fault.NONSENSE, DOWN, "ProxyDown: the proxy broke off: BadStatusLine"),
        (Fault.HANGS_UP, DOWN, "ProxyDown: the proxy broke off: RemoteDisconnected"),
        (407, FORBIDS, "ProxyForbids: the proxy answered 407"),
        (403, FORBIDS, "ProxyForbids: the proxy answered 403"),
        (503, "Rocket.Chat can't be reached right now.", "RocketChatUnavailable: the proxy answered 503"),
    ],
)
def test_a_proxy_that_fails_is_told_from_a_server_that_does(
    ask, by_proxy, proxy, caplog, fault, title, logged
):
    proxy.fault = fault

    answer = ask("Sales")

    assert answer.title == title
    assert "Try again" in answer
    assert why(caplog) == logged
    assert "guarded" not in f"{answer} {caplog.text}"


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        ("http://127.0.0.1:9", "ProxyDown: nothing listens at the proxy's address"),
        ("https://no-such-host.invalid", "ProxyDown: the proxy's name has no address"),
    ],
)
def test_a_proxy_that_is_not_there_is_told_from_a_server_that_is_not(
    ask, change_secret, caplog, address, logged
):
    change_secret(https_proxy=address)

    assert ask("Sales").title == DOWN
    assert why(caplog) == logged


def test_what_can_not_be_used_is_named_and_a_public_server_is_still_reached(ask, aws, secret, caplog):
    half = "-----BEGIN CERTIFICATE-----\nguarded"
    proxy = "socks5://kim:guarded@proxy.example:1080"
    aws.change_secret(SECRET_NAME, {**secret, "ca_certificates": half, "https_proxy": proxy})
    caplog.set_level(logging.DEBUG)

    assert ask("Sales").title == ONLINE

    [line] = [record for record in caplog.records if record.message == MISTAKE]
    assert line.keys == [
        "ca_certificates (no certificate that can be read, in PEM form)",
        "https_proxy (a SOCKS proxy can't be used)",
    ]
    assert "guarded" not in "".join(str(vars(record)) for record in caplog.records)
