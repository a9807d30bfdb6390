"""How connections are made: whom they trust, and what becomes of a call that has to go through a proxy."""

import logging
import traceback
from contextlib import ExitStack, closing

import pytest

from hash_authorities import hash_authorities
from monitors_bot.errors import (
    CertificateRefused,
    NotReachedInTime,
    OutOfTime,
    ProxyNotReached,
    ProxyRefused,
    ServerNotReached,
    ServerUnreachable,
)
from monitors_bot.outbound import Outbound
from monitors_bot.reach import read_reach
from tests.fakes.certificates import DAY, Authority, self_signed
from tests.fakes.proxy import Fault, Proxy
from tests.fakes.scripted_server import ScriptedServer, http_answer

SHORT = 0.4
HERE = "127.0.0.1"
LOGIN = "kim:guarded"
LOGIN_AS_SENT = "a2ltOmd1YXJkZWQ="


@pytest.fixture
def running():
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def going(running):
    """Make connections out, in the way that these values of the secret say."""

    def start(public=None, **values):
        reach, unusable = read_reach(values)
        assert unusable == []
        return running.enter_context(closing(Outbound(reach, public)))

    return start


@pytest.fixture
def serve(running):
    return lambda tls=None, body=b"{}", **options: running.enter_context(
        ScriptedServer(http_answer(body), tls=tls, **options)
    )


# Whom a connection trusts


def a_root(folder):
    authority = Authority(folder)
    return authority.pem, authority.server_context(HERE)


def a_careless_root(folder):
    authority = Authority(folder, careless=True)
    return authority.pem, authority.server_context(HERE)


def an_intermediate_one_alone(folder):
    between = Authority(folder, above=Authority(folder), name="Between")
    return between.pem, between.server_context(HERE)


def the_certificate_of_the_server_itself(folder):
    context = Authority(folder).server_context(HERE)
    _, begin, rest = (folder / f"{HERE}.pem").read_text().partition("-----BEGIN CERTIFICATE")
    return begin + rest, context


def a_self_signed_certificate(folder):
    return self_signed(folder, HERE)


def one_of_several(folder):
    pem, context = a_root(folder)
    return "".join([Authority(folder, name="Another").pem, pem, self_signed(folder, "x")[0]]), context


@pytest.mark.parametrize(
    "trusted",
    [
        a_root,
        a_careless_root,
        an_intermediate_one_alone,
        the_certificate_of_the_server_itself,
        a_self_signed_certificate,
        one_of_several,
    ],
)
def test_a_server_is_trusted_by_what_the_secret_holds(going, serve, tmp_path, ample, outbound, trusted):
    pem, tls = trusted(tmp_path)
    server = serve(tls)

    assert going(ca_certificates=pem).get(server.url, ample, headers={}).status == 200
    assert going(ca_certificates=pem).deliver(server.url, ample, b"{}") == 200
    with pytest.raises(CertificateRefused):
        outbound.get(server.url, ample, headers={})


def another_one(folder):
    return Authority(folder, name="Another").pem, Authority(folder).server_context(HERE)


def one_that_has_expired(folder):
    authority = Authority(folder, expires=-DAY)
    return authority.pem, authority.server_context(HERE)


def a_self_signed_certificate_for_another_name(folder):
    return self_signed(folder, "chat.internal")


@pytest.mark.parametrize(
    ("trusted", "why"),
    [
        (another_one, "unable to get local issuer certificate"),
        (one_that_has_expired, "certificate has expired"),
        (a_self_signed_certificate_for_another_name, "IP address mismatch"),
    ],
)
def test_nobody_else_is_trusted_for_that_and_the_error_says_why(going, serve, tmp_path, ample, trusted, why):
    pem, tls = trusted(tmp_path)
    server = serve(tls)

    with pytest.raises(CertificateRefused, match=why):
        going(ca_certificates=pem).get(server.url, ample, headers={})

    assert server.heard == []


@pytest.mark.parametrize("is_hashed", [False, True], ids=["in a bundle", "in a folder"])
def test_the_public_authorities_are_trusted_as_before(going, serve, tmp_path, ample, is_hashed):
    public = Authority(tmp_path, name="Public")
    hash_authorities(public.path, tmp_path / "by-hash")
    server = serve(public.server_context(HERE))

    place = tmp_path / "by-hash" if is_hashed else public.path
    outbound = going(place, ca_certificates=Authority(tmp_path).pem)

    assert outbound.get(server.url, ample, headers={}).status == 200


# Through a proxy


class Network:
    """A server with TLS and one without, whose names only the proxy knows."""

    def __init__(self, authority, running, serve):
        self.authority = authority
        self._running = running
        self.big = b" " * 100_000
        self.encrypted = serve(authority.server_context("chat.internal"), self.big)
        self.plain = serve(None, self.big)
        self.https, self.http = "https://chat.internal/api", "http://plain.internal/api?a=b"

    def proxy(self, *, encrypted=False, login=""):
        places = {
            "chat.internal": port_of(self.encrypted),
            "plain.internal": port_of(self.plain),
            "other.internal": port_of(self.encrypted),
        }
        tls = self.authority.server_context(HERE) if encrypted else None
        return self._running.enter_context(Proxy(places, login=login, tls=tls))


def port_of(server):
    return int(server.url.rpartition(":")[2])


@pytest.fixture
def network(tmp_path, running, serve):
    return Network(Authority(tmp_path), running, serve)


@pytest.fixture
def by(going, network):
    """Make connections out that trust the network's authority and go through a proxy."""
    return lambda address: going(ca_certificates=network.authority.pem, https_proxy=address)


def get(outbound, url, deadline):
    return outbound.get(url, deadline, headers={}).status


def deliver(outbound, url, deadline):
    return outbound.deliver(url, deadline, b"{}")


each_call = pytest.mark.parametrize("call", [get, deliver])


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_connects_us_and_learns_of_us_what_it_has_to(network, by, ample, scheme):
    proxy = network.proxy(encrypted=scheme == "https", login=LOGIN)
    outbound = by(f"{scheme}://{LOGIN}@{proxy.address}")

    urls = (network.https, network.http)
    statuses = [call(outbound, url, ample) for url in urls for call in (get, get, deliver)]

    assert statuses == [200] * 6
    assert proxy.lines == [
        "CONNECT chat.internal:443",  # for both of the first calls
        "CONNECT chat.internal:443",
        "GET http://plain.internal/api?a=b",
        "GET http://plain.internal/api?a=b",
        "POST http://plain.internal/api?a=b",
    ]
    for heard in [*network.encrypted.heard, *network.plain.heard]:
        assert not [name for name in heard.headers if name.startswith("proxy-")]


@each_call
def test_a_proxy_can_not_speak_for_a_server(network, by, ample, call):
    """The certificate in the tunnel is checked for the server's name."""
    with pytest.raises(CertificateRefused, match="Hostname mismatch"):
        call(by(network.proxy().address), "https://other.internal/", ample)


NOT_IN_HTTP, CLOSED = "the proxy broke off: BadStatusLine", "the proxy broke off: RemoteDisconnected"
FAULTS = [
    (Fault.NONSENSE, ProxyNotReached, NOT_IN_HTTP),
    (Fault.HALF, ProxyNotReached, NOT_IN_HTTP),
    (Fault.HANGS_UP, ProxyNotReached, CLOSED),
    *[(status, ProxyRefused, f"the proxy answered {status}") for status in (302, 403, 407)],
    *[(status, ServerNotReached, f"the proxy answered {status}") for status in (502, 503)],
]


@each_call
@pytest.mark.parametrize(("fault", "kind", "why"), FAULTS)
def test_a_proxy_that_opens_no_tunnel_is_asked_once_and_nothing_was_sent(
    network, by, ample, call, fault, kind, why
):
    proxy = network.proxy()
    proxy.fault = fault

    with pytest.raises(kind) as caught:
        call(by(proxy.address), network.https, ample)

    assert (type(caught.value), str(caught.value)) == (kind, why)
    assert len(proxy.asked) == 1
    assert network.encrypted.heard == []


@each_call
@pytest.mark.parametrize("url", ["https", "http"])
def test_a_proxy_that_is_not_there_is_told_from_a_server_that_is_not(
    network, by, ample, nobodys_url, call, url
):
    outbounds = {
        "nothing listens at the proxy's address": by(nobodys_url),
        "the proxy's name has no address": by("http://no-such-host.invalid:3128"),
    }

    for why, outbound in outbounds.items():
        with pytest.raises(ProxyNotReached) as caught:
            call(outbound, getattr(network, url), ample)
        assert str(caught.value) == why


@each_call
@pytest.mark.parametrize("url", ["https", "http"])
def test_a_proxy_whose_certificate_is_not_trusted_gets_nothing(network, going, ample, call, url):
    proxy = network.proxy(encrypted=True)

    with pytest.raises(ProxyNotReached, match=r"^the proxy's certificate: unable to get local issuer"):
        call(going(https_proxy=f"https://{LOGIN}@{proxy.address}"), getattr(network, url), ample)

    assert proxy.asked == []


def test_a_proxy_of_another_name_gets_nothing_and_its_name_is_not_told(network, by, ample):
    proxy = network.proxy(encrypted=True)

    with pytest.raises(ProxyNotReached, match=r"^the proxy's certificate: Hostname mismatch$"):
        get(by(f"https://localhost:{proxy.port}"), network.https, ample)

    assert proxy.asked == []


def test_a_proxy_that_speaks_no_tls_is_no_proxy_with_tls(network, by, ample, serve):
    server = serve(body=b"not TLS")

    with pytest.raises(ServerNotReached, match=r"proxy"):
        get(by(server.url.replace("http", "https")), network.https, ample)


@each_call
def test_a_proxy_that_never_opens_the_tunnel_is_told_from_a_server_that_never_answers(
    network, by, in_seconds, call
):
    proxy = network.proxy()
    proxy.fault = Fault.HANGS

    with pytest.raises(NotReachedInTime, match="no connection through the proxy in time"):
        call(by(proxy.address), network.https, in_seconds(1.0))  # a fifth of it is for a busy machine


def test_a_proxy_that_never_answers_a_plain_request_is_waited_for_no_longer_than_there_is(
    network, by, in_seconds
):
    proxy = network.proxy()
    proxy.fault = Fault.HANGS

    with pytest.raises(OutOfTime):
        get(by(proxy.address), network.http, in_seconds(SHORT))


@pytest.mark.parametrize("url", ["https", "http"])
@pytest.mark.parametrize("dies_after", [0, 20_000])
def test_a_proxy_that_dies_in_the_middle_of_an_answer_makes_the_server_unreachable(
    network, by, ample, url, dies_after
):
    proxy = network.proxy()
    proxy.dies_after = dies_after

    with pytest.raises(ServerUnreachable) as caught:
        get(by(proxy.address), getattr(network, url), ample)

    assert not isinstance(caught.value, ServerNotReached | OutOfTime)


@pytest.mark.parametrize("fault", [Fault.NONSENSE, Fault.HALF, Fault.HANGS_UP, 502, 504])
def test_what_was_handed_to_a_proxy_may_have_arrived_whatever_it_says_then(network, by, ample, fault):
    """A plain request may have gone on to the server, so a second one might show it twice."""
    proxy = network.proxy()
    proxy.fault = fault

    with pytest.raises(ServerUnreachable) as caught:
        deliver(by(proxy.address), network.http, ample)

    assert not isinstance(caught.value, ServerNotReached)
    assert len(proxy.asked) == 1


def test_what_went_through_a_tunnel_before_it_broke_may_have_arrived(network, by, ample, running):
    tls = network.authority.server_context("mute.internal")
    mute = running.enter_context(ScriptedServer(lambda _: [], keeps=False, tls=tls))
    proxy = running.enter_context(Proxy({"mute.internal": port_of(mute)}))

    with pytest.raises(ServerUnreachable) as caught:
        deliver(by(proxy.address), "https://mute.internal/", ample)

    assert not isinstance(caught.value, ServerNotReached)
    assert len(mute.heard) == 1


@each_call
def test_a_login_that_the_proxy_does_not_know_is_refused_for_a_plain_request_too(network, by, ample, call):
    proxy = network.proxy(login="kim:other")

    with pytest.raises(ProxyRefused, match="407"):
        call(by(f"{LOGIN}@{proxy.address}"), network.http, ample)

    assert (len(proxy.asked), network.plain.heard) == (1, [])


@pytest.mark.parametrize("status", [403, 503])
def test_any_other_answer_to_a_plain_request_may_be_the_server_s_own(network, by, ample, status):
    proxy = network.proxy()
    proxy.fault = status

    assert get(by(proxy.address), network.http, ample) == status


def test_a_kept_tunnel_that_the_server_closed_meanwhile_is_replaced(by, ample, network, running):
    server = running.enter_context(
        ScriptedServer(http_answer(), keeps=False, tls=network.authority.server_context("short.internal"))
    )
    proxy = running.enter_context(Proxy({"short.internal": port_of(server)}))
    outbound = by(proxy.address)

    statuses = [get(outbound, "https://short.internal/", ample) for _ in range(3)]

    assert statuses == [200] * 3


def test_a_name_that_no_server_can_have_is_no_fault_of_the_proxy(network, by, ample):
    with pytest.raises(ServerNotReached) as caught:
        get(by(network.proxy().address), "https://chat..internal/", ample)

    assert not isinstance(caught.value, ProxyNotReached | ProxyRefused)


def test_neither_an_error_nor_a_log_shows_the_login(network, by, ample, caplog, nobodys_url, in_seconds):
    caplog.set_level(logging.DEBUG, logger="urllib3")
    proxy = network.proxy()
    told = []

    for address in (proxy.address, nobodys_url.removeprefix("http://"), "no-such-host.invalid:3128"):
        outbound = by(f"{LOGIN}@{address}")
        for fault in (Fault.NONSENSE, Fault.HALF, Fault.HANGS_UP, 407, 503):
            proxy.fault = fault
            for call, url in ((get, network.https), (deliver, network.https), (get, network.http)):
                try:
                    told.append(call(outbound, url, ample))
                except ServerUnreachable as error:
                    told += traceback.format_exception(error)
    proxy.fault = Fault.HANGS
    with pytest.raises(OutOfTime) as caught:
        get(by(f"{LOGIN}@{proxy.address}"), network.https, in_seconds(SHORT))
    told += [*traceback.format_exception(caught.value), repr(outbound.reach), *caplog.messages]

    shown = "".join(map(str, told))
    assert "Traceback" in shown
    assert "Starting new HTTPS connection" in shown
    assert "guarded" not in shown
    assert LOGIN_AS_SENT not in shown
