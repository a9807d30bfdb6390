"""Calls of foreign servers: bounded as a whole, whatever the server does, and never sent elsewhere."""

import itertools
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hash_authorities import hash_authorities
from monitors_bot import __version__
from monitors_bot.errors import (
    CertificateRefused,
    ConnectionRefused,
    NameUnknown,
    OutOfTime,
    ServerUnreachable,
)
from monitors_bot.outbound import MAX_BODY_BYTES, Answer, Outbound, Pending
from tests.fakes.certificates import Authority
from tests.fakes.scripted_server import ScriptedServer, http_answer
from tests.integration.conftest import AMPLE_SECONDS

SHORT = 0.3
MEGABYTE = b" " * 2**20


@pytest.fixture
def get(outbound, rocketchat, ample):
    """Call the stand-in as the service account."""
    account = rocketchat.account
    headers = {"X-User-Id": account.user_id, "X-Auth-Token": account.token}

    def call(path="me", deadline=ample, **options):
        return outbound.get(f"{rocketchat.url}/api/v1/{path}", deadline, headers=headers, **options)

    return call


@pytest.fixture
def serve():
    """Start scripted servers, which end with the test."""
    with ExitStack() as running:
        yield lambda script, **options: running.enter_context(ScriptedServer(script, **options))


@pytest.fixture
def deaf_url():
    """The address of a server that never takes a connection: its waiting room is full."""
    with ExitStack() as open_sockets:
        listener = open_sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            waiting = open_sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


# What a good server says


def test_an_answer_is_its_status_its_headers_in_lower_case_and_its_body(outbound, serve, ample):
    server = serve(http_answer(b'{"a":1}', 418, X_Tea="Earl Grey"))

    answer = outbound.get(server.url, ample, headers={})

    assert (answer.status, answer.headers["x-tea"], answer.body) == (418, "Earl Grey", b'{"a":1}')


@pytest.mark.parametrize(
    ("content_type", "is_json"),
    [
        ("application/json", True),
        ("application/json; charset=utf-8", True),
        ("Application/JSON", True),
        ("application/problem+json", True),
        ("text/html", False),
        ("", False),
    ],
)
def test_an_answer_is_json_when_the_server_says_so_in_whatever_case(
    outbound, serve, ample, content_type, is_json
):
    server = serve(http_answer(Content_Type=content_type))

    assert outbound.get(server.url, ample, headers={}).is_json is is_json


def test_a_compressed_answer_is_unpacked(get, rocketchat):
    rocketchat.fail("me", "huge", megabytes=1, compressed=True)

    answer = get()

    assert answer.body.startswith(b'{"success":true,')
    assert answer.body.endswith(b'"units":[]}')


def test_the_server_hears_who_asks_and_what_for(outbound, serve, ample):
    server = serve(http_answer())

    outbound.get(server.url, ample, headers={"X-Mine": "1"}, params=[("ids", "a b"), ("ids", "c&d")])

    heard = server.heard[0]
    assert (heard.method, heard.path) == ("GET", "/?ids=a+b&ids=c%26d")
    assert heard.headers["user-agent"] == f"monitors-bot/{__version__}"
    assert (heard.headers["accept"], heard.headers["x-mine"]) == ("application/json", "1")


# What a bad server does


@pytest.mark.parametrize("kind", ["never", "slow", "drip-headers", "drip-body"])
def test_a_server_that_takes_its_time_is_waited_for_no_longer_than_there_is(
    get, rocketchat, in_seconds, kind
):
    rocketchat.fail("me", kind, **({"seconds": 60} if kind == "slow" else {}))

    with pytest.raises(OutOfTime):
        get(deadline=in_seconds(SHORT))


def test_a_server_that_drips_its_headers_is_left_while_it_still_drips(get, rocketchat, in_seconds):
    rocketchat.fail("me", "drip-headers")

    with pytest.raises(OutOfTime):
        get(deadline=in_seconds(SHORT))

    assert rocketchat.in_flight == 1


@pytest.mark.parametrize("kind", ["never", "drip-body"])
def test_an_abandoned_call_hangs_up_by_itself(get, rocketchat, in_seconds, eventually, kind):
    for number in range(300):
        rocketchat.add_unit(f"Unit {number}")  # dripping them all would take an hour
    rocketchat.fail("livechat/units", kind)

    with pytest.raises(OutOfTime):
        get("livechat/units?count=0", in_seconds(SHORT))

    assert eventually(lambda: rocketchat.in_flight == 0)


def test_a_call_that_ran_out_of_time_is_not_sent_again(get, rocketchat, in_seconds, eventually):
    rocketchat.fail("me", "never")

    with pytest.raises(OutOfTime):
        get(deadline=in_seconds(SHORT))

    assert eventually(lambda: rocketchat.in_flight == 0)
    assert len(rocketchat.calls) == 1


def test_without_time_left_nothing_is_sent(get, rocketchat, in_seconds):
    with pytest.raises(OutOfTime):
        get(deadline=in_seconds(-1))

    assert rocketchat.calls == []


def test_a_server_that_never_takes_the_connection_is_waited_for_no_longer_than_there_is(
    outbound, deaf_url, in_seconds
):
    with pytest.raises(OutOfTime):
        outbound.get(deaf_url, in_seconds(SHORT), headers={})


def test_a_server_that_is_not_there_is_unreachable(outbound, ample, nobodys_url):
    with pytest.raises(ConnectionRefused):
        outbound.get(nobodys_url, ample, headers={})
    with pytest.raises(ConnectionRefused):
        outbound.deliver(nobodys_url, ample, b"{}")


@pytest.mark.parametrize("name", ["no-such-host.invalid", "a..invalid", f"{'a' * 64}.invalid", ".invalid"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_without_an_address_is_unknown_at_once(outbound, ample, scheme, name):
    with pytest.raises(NameUnknown):
        outbound.get(f"{scheme}://{name}/", ample, headers={})
    with pytest.raises(NameUnknown):
        outbound.deliver(f"{scheme}://{name}/", ample, b"{}")


@pytest.mark.parametrize("kind", ["reset", "close"])
def test_a_server_that_hangs_up_is_asked_once_more_and_then_unreachable(get, rocketchat, kind):
    rocketchat.fail("me", kind)

    with pytest.raises(ServerUnreachable):
        get()

    assert len(rocketchat.calls) == 2


def test_half_an_answer_is_no_answer(get, rocketchat):
    rocketchat.fail("me", "half")

    with pytest.raises(ServerUnreachable):
        get()


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "compressed"])
def test_more_than_we_can_hold_is_no_answer(get, rocketchat, compressed):
    rocketchat.fail("me", "huge", megabytes=64, compressed=compressed)

    with pytest.raises(ServerUnreachable, match="too large"):
        get()


def test_as_much_as_we_can_hold_is_an_answer(outbound, serve, ample):
    server = serve(http_answer(b" " * MAX_BODY_BYTES))

    assert len(outbound.get(server.url, ample, headers={}).body) == MAX_BODY_BYTES


def test_a_redirect_is_an_answer_and_nobody_follows_it(get, rocketchat, outbound, serve):
    elsewhere = serve(http_answer())
    rocketchat.fail("me", "redirect", to=f"{elsewhere.url}/stolen")

    answer = get()

    assert (answer.status, answer.headers["location"]) == (302, f"{elsewhere.url}/stolen")
    assert elsewhere.heard == []


def test_a_redirect_to_no_address_at_all_is_an_answer_too(get, rocketchat):
    rocketchat.fail("me", "redirect", to="http://[")

    assert get().status == 302


def test_a_redirect_may_not_say_more_than_any_other_answer(outbound, serve, ample):
    """The library reads the whole body of a redirect, even of one that it does not follow."""
    head = b"HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\n\r\n"
    server = serve(lambda _: [head, *itertools.repeat(MEGABYTE, 32)], keeps=False)

    with pytest.raises(ServerUnreachable, match="too large"):
        outbound.get(server.url, ample, headers={})


HEADS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 204 No Content",
        b"HTTP/1.1 301 Moved",
        b"HTTP/1.0 200",
        b"HTTP/9.9 999 What",
        b"HTTP/1.1 99999 Much",
        b"HTTP/1.1 -1 Less",
        b"HTTP/1.1 abc",
        b"ICY 200 OK",
    ]
)
FIELDS = st.sampled_from(
    [
        b"Content-Length: 3",
        b"Content-Length: 99",
        b"Content-Length: 3, 3",
        b"Content-Length: -1",
        b"Content-Length: many",
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: gzip, chunked",
        b"Content-Encoding: gzip",
        b"Content-Encoding: deflate, gzip",
        b"Content-Encoding: gzip, " + b"gzip, " * 9 + b"gzip",
        b"Content-Encoding: br",
        b"Location: http://[",
        b"Location: \xff\xfe",
        b"Set-Cookie: a=b; expires=never; domain=.",
        b'Set-Cookie: \xe2\x98\x83; max-age=x; port="no"; version=y',
        b"Connection: close",
        b"no colon here",
        b": no name",
        b" continued",
    ]
)
BODIES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"3\r\nabc\r\n0\r\n\r\n", b"zz\r\n", b"-5\r\nabc\r\n", b"3\r\nab", b"\x1f\x8b\x08\x00garbage", b""]
    ),
)
ANSWERS = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda head, fields, body: b"\r\n".join([head, *fields, b"", body]),
        HEADS,
        st.lists(FIELDS, max_size=4, unique_by=lambda field: field.partition(b":")[0]),
        BODIES,
    ),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(ANSWERS)
@example(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain")
@example(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n")
def test_whatever_bytes_a_server_sends_they_are_an_answer_or_it_is_unreachable(outbound, in_seconds, sent):
    with ScriptedServer(sent, keeps=False) as server:
        try:
            outcome = outbound.get(server.url, in_seconds(AMPLE_SECONDS), headers={})
        except ServerUnreachable as error:
            outcome = error

    assert isinstance(outcome, Answer | ServerUnreachable)
    assert not isinstance(outcome, OutOfTime)


# Connections


def test_a_connection_is_used_again(get, rocketchat):
    for _ in range(3):
        get()

    assert (len(rocketchat.calls), rocketchat.connections) == (3, 1)


def test_a_connection_is_used_again_after_a_refusal(get, rocketchat):
    rocketchat.fail("me", "status", times=1, code=503)

    assert (get().status, get().status) == (503, 200)
    assert rocketchat.connections == 1


@pytest.mark.parametrize("kind", ["close", "reset"])
def test_a_kept_connection_that_the_server_closed_meanwhile_is_replaced(get, rocketchat, kind):
    get()
    rocketchat.fail("me", kind, times=1)

    assert get().status == 200
    assert rocketchat.connections == 2


def test_a_server_that_closes_every_connection_without_a_word_is_still_understood(outbound, serve, ample):
    server = serve(http_answer(), keeps=False)

    statuses = [outbound.get(server.url, ample, headers={}).status for _ in range(5)]

    assert statuses == [200] * 5


def test_what_was_left_of_an_abandoned_answer_is_not_taken_for_the_next(get, rocketchat, in_seconds):
    rocketchat.fail("me", "drip-body", times=1)
    with pytest.raises(OutOfTime):
        get(deadline=in_seconds(SHORT))

    answer = get("livechat/units")

    assert b'"units"' in answer.body


def test_neither_a_proxy_nor_a_netrc_of_the_environment_gets_our_credentials(
    get, rocketchat, serve, tmp_path, monkeypatch
):
    proxy = serve(http_answer())
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password something\n")
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)

    get()

    assert proxy.heard == []
    assert "Authorization" not in rocketchat.calls[0].headers


# Who the server is


@pytest.fixture
def trusting():
    """Make connections out that trust an authority of the tests' own."""
    with ExitStack() as running:
        yield lambda authorities: running.enter_context(closing(Outbound(public_authorities=authorities)))


def test_a_server_whose_certificate_nobody_vouches_for_is_not_spoken_to(outbound, serve, authority, ample):
    server = serve(http_answer(), tls=authority.server_context("127.0.0.1"))

    with pytest.raises(CertificateRefused):
        outbound.get(server.url, ample, headers={})

    assert server.heard == []


def test_a_server_that_another_authority_vouches_for_is_not_spoken_to(
    trusting, serve, authority, ample, tmp_path
):
    server = serve(http_answer(), tls=authority.server_context("127.0.0.1"))
    folder = tmp_path / "another"
    folder.mkdir()

    with pytest.raises(CertificateRefused):
        trusting(Authority(folder).path).get(server.url, ample, headers={})

    assert server.heard == []


@pytest.mark.parametrize(
    ("host", "expires", "why"),
    [
        ("chat.example", timedelta(days=1), "IP address mismatch"),
        ("127.0.0.1", -timedelta(days=1), "certificate has expired"),
    ],
)
def test_a_certificate_for_another_name_or_another_time_is_no_proof_and_the_error_says_why(
    trusting, serve, authority, ample, host, expires, why
):
    server = serve(http_answer(), tls=authority.server_context(host, expires))

    with pytest.raises(CertificateRefused, match=why):
        trusting(authority.path).get(server.url, ample, headers={})

    assert server.heard == []


def test_a_server_with_a_certificate_that_is_trusted_is_spoken_to(trusting, serve, authority, ample):
    server = serve(http_answer(), tls=authority.server_context("127.0.0.1"))

    assert trusting(authority.path).get(server.url, ample, headers={}).status == 200


def test_an_authority_is_found_by_the_name_that_the_build_gives_it(
    trusting, serve, authority, ample, tmp_path
):
    hash_authorities(authority.path, tmp_path / "by-hash")
    server = serve(http_answer(), tls=authority.server_context("127.0.0.1"))

    assert trusting(tmp_path / "by-hash").get(server.url, ample, headers={}).status == 200


def test_an_authority_that_is_not_in_the_folder_is_not_trusted(trusting, serve, authority, ample, tmp_path):
    folder = tmp_path / "another"
    folder.mkdir()
    hash_authorities(Authority(folder).path, tmp_path / "by-hash")
    server = serve(http_answer(), tls=authority.server_context("127.0.0.1"))

    with pytest.raises(CertificateRefused):
        trusting(tmp_path / "by-hash").get(server.url, ample, headers={})

    assert server.heard == []


def test_every_new_connection_is_held_to_the_same_proof(trusting, serve, authority, ample):
    """One TLS context serves all connections, so what it was told for one must not loosen another."""
    proper = serve(http_answer(), tls=authority.server_context("127.0.0.1"), keeps=False)
    outbound = trusting(authority.path)

    statuses = [outbound.get(proper.url, ample, headers={}).status for _ in range(3)]
    impostor = serve(http_answer(), tls=authority.server_context("chat.example"))
    with pytest.raises(CertificateRefused):
        outbound.get(impostor.url, ample, headers={})

    assert (statuses, impostor.heard) == ([200] * 3, [])


# Work that is waited for


def test_work_that_never_ends_is_waited_for_no_longer_than_there_is(in_seconds):
    """A name look-up has no time-out at all, so this is what bounds it."""
    ended = threading.Event()

    with pytest.raises(OutOfTime):
        Pending(ended.wait).result(in_seconds(SHORT))

    ended.set()


def test_work_can_be_asked_for_its_result_twice(ample):
    pending = Pending(lambda: "done")

    assert (pending.result(ample), pending.result(ample)) == ("done", "done")


def test_what_work_raised_is_raised_to_everybody_who_asks(ample):
    def break_down():
        raise IndexError

    pending = Pending(break_down)

    for _ in range(2):
        with pytest.raises(IndexError):
            pending.result(ample)


def test_abandoned_work_does_not_keep_the_process_alive():
    program = "import threading; from monitors_bot.outbound import Pending; Pending(threading.Event().wait)"

    ended = subprocess.run([sys.executable, "-c", program], timeout=30, check=False)

    assert ended.returncode == 0
