"""The secret's keys that say how other servers are reached: read as people write them, and never shown."""

import base64
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitors_bot.reach import PUBLIC, read_reach
from tests.fakes.certificates import Authority, self_signed

NONE = "ca_certificates (no certificate that can be read, in PEM form)"
A_PART = "ca_certificates (a part of it is no certificate that can be read)"
PRIVATE_KEY = "ca_certificates (there is a private key in it, which does not belong there)"
NO_PROXY = "https_proxy (not http://HOST:PORT or https://HOST:PORT, with or without USER:PASSWORD@)"
SOCKS = "https_proxy (a SOCKS proxy can't be used)"


@pytest.fixture(scope="module")
def pems(tmp_path_factory):
    """Two certificates that vouch for others, and one that a server made for itself."""
    folder = tmp_path_factory.mktemp("certificates")
    return [Authority(folder, name="one").pem, Authority(folder, name="two").pem, self_signed(folder, "x")[0]]


def der(pem):
    return base64.b64decode("".join(pem.splitlines()[1:-1]))


def authorities(value):
    reach, unusable = read_reach({"ca_certificates": value})
    return reach.authorities, unusable


def proxy(value):
    reach, unusable = read_reach({"https_proxy": value})
    return reach.proxy, reach.proxy_authorization, unusable


def test_a_secret_without_these_keys_means_the_public_way():
    assert read_reach({"mattermost_token": "x"}) == (PUBLIC, [])


# ca_certificates


WAYS_TO_WRITE = {
    "one after the other": "".join,
    "with the line ends of Windows": lambda pems: "".join(pems).replace("\n", "\r\n"),
    "with the line ends as letters": lambda pems: "".join(pems).replace("\n", r"\n"),
    "with those of Windows as letters": lambda pems: "".join(pems).replace("\n", r"\r\n"),
    "with blanks for line ends": lambda pems: "".join(pems).replace("\n", " "),
    "without line ends": lambda pems: "".join(pems).replace("\n", ""),
    "indented": lambda pems: re.sub("^", "    ", "".join(pems), flags=re.MULTILINE),
    "with text between": lambda pems: "# ours\n" + "\nsubject=CN = Tests — ours\n\n".join(pems) + "\n# end",
    "with the old name of the form": lambda pems: "".join(pems).replace("CERTIFICATE", "X509 CERTIFICATE"),
}


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_certificates_are_read_however_they_got_into_the_secret(pems, way):
    assert authorities(WAYS_TO_WRITE[way](pems)) == (tuple(map(der, pems)), [])


END = "-----END CERTIFICATE-----"
PARAMETERS = "-----BEGIN DH PARAMETERS-----\naA==\n-----END DH PARAMETERS-----"
KEY = "-----BEGIN EC PRIVATE KEY-----\naGVsbG8=\n-----END EC PRIVATE KEY-----\n"
WRONG = {
    "nothing": ("", NONE),
    "a word": ("none", NONE),
    "a list": (["-----BEGIN CERTIFICATE-----"], NONE),
    "null": (None, NONE),
    "half a certificate": (lambda pems: pems[0][:200], NONE),
    "a certificate without its end": (lambda pems: pems[0].replace(END, ""), NONE),
    "one whose content is cut": (lambda pems: pems[0][:200] + END, NONE),
    "one with a sign that is none of base64": (lambda pems: pems[0].replace("M", "ü", 1), NONE),
    "an empty one": ("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", NONE),
    "base64 of something else": ("-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----", NONE),
    "a certificate without its frame": (lambda pems: "".join(pems[0].splitlines()[1:-1]), NONE),
    "a revocation list": ("-----BEGIN X509 CRL-----\naGVsbG8=\n-----END X509 CRL-----", NONE),
    "a private key alone": (KEY, PRIVATE_KEY),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_certificate_is_named_and_trusted_by_nobody(pems, what):
    value, why = WRONG[what]

    assert authorities(value(pems) if callable(value) else value) == ((), [why])


DAMAGED = {
    "a half one after it": (lambda pems: pems[0] + pems[1][:200], A_PART),
    "a half one before it": (lambda pems: pems[1][:200] + pems[0], A_PART),
    "the end of another before it": (lambda pems: pems[1][-200:] + pems[0], A_PART),
    "one that makes no sense": (lambda pems: pems[0] + pems[1].replace("MII", "AAA", 1), A_PART),
    "parameters": (lambda pems: pems[0] + PARAMETERS, A_PART),
    "a private key": (lambda pems: KEY + pems[0], PRIVATE_KEY),
}  # fmt: skip


@pytest.mark.parametrize("beside", DAMAGED)
def test_a_certificate_is_used_whatever_stands_beside_it_and_that_is_named(pems, beside):
    write, why = DAMAGED[beside]

    assert authorities(write(pems)) == ((der(pems[0]),), [why])


@pytest.mark.parametrize(
    "text", ["-----BEGIN CERTIFICATE-----", "-----END ", "-----BEGIN CERTIFICATE-----A\\n"]
)
def test_a_megabyte_of_nonsense_is_read_in_no_time(text):
    assert authorities(text * (2**20 // len(text))) == ((), [NONE])


# https_proxy


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("https://proxy.example", "https://proxy.example"),
        ("HTTP://Proxy.Example:3128/", "http://Proxy.Example:3128"),
        (" http://proxy.example:3128\n", "http://proxy.example:3128"),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("10.0.0.7:3128", "http://10.0.0.7:3128"),
        ("http://[fd00::7]:3128", "http://[fd00::7]:3128"),
        ("[fd00::7]:3128", "http://[fd00::7]:3128"),
        ("http://proxy", "http://proxy"),
        ("http://my_proxy.example.:65535", "http://my_proxy.example.:65535"),
    ],
)
def test_a_proxy_is_read_as_people_write_it(value, url):
    assert proxy(value) == (url, "", [])


@pytest.mark.parametrize(
    ("written", "login"),
    [
        ("kim:secret@", "kim:secret"),
        ("kim@", "kim:"),
        ("kim:@", "kim:"),
        (":secret@", ":secret"),
        (r"CORP\kim:s@cr:et@", r"CORP\kim:s@cr:et"),
        ("kim:p%40ss%3Aw%2Frd%23%3F@", "kim:p@ss:w/rd#?"),
        ("kim:100%@", "kim:100%"),
        ("k%C3%ADm:wörd@", "kím:wörd"),
        ("kim:%0d%0aX-Evil:1@", "kim:\r\nX-Evil:1"),
        ("@", ""),
    ],
)
def test_user_and_password_go_into_the_header_and_out_of_the_url(written, login):
    url, authorization, unusable = proxy(f"http://{written}proxy.example:3128")

    assert (url, unusable) == ("http://proxy.example:3128", [])
    assert authorization == (f"Basic {base64.b64encode(login.encode()).decode()}" if login else "")


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", None, 7, True, [], ["http://proxy.example:3128"], {}),
        *("none", "proxy", "proxy.example", "-", "true", "direct://"),
        *("http://", "http://:3128", "http:///", "http://kim:secret@", "http://proxy.example:3128/path"),
        *(f"http://proxy.example{rest}" for rest in (":0", ":65536", ":x", ":", "?a", "#a", "//", " x")),
        *(f"http://{host}:3128" for host in ("a..b", "a" * 64, "fd00::7", "[fd00::7", "[proxy]", "prôxy")),
        *(f"http://kim:{word}@proxy.example:3128" for word in ("s#cret", "s/cret", "s?cret", "s cret")),
        *(f"{scheme}://proxy.example:3128" for scheme in ("ftp", "file", "httpss", "")),
    ],
)
def test_what_is_no_proxy_is_named_with_the_form_of_one(value):
    assert proxy(value) == ("", "", [NO_PROXY])


@pytest.mark.parametrize("scheme", ["socks5", "SOCKS4", "socks5h", "socks"])
def test_a_proxy_of_another_kind_is_named_as_such(scheme):
    assert proxy(f"{scheme}://kim:secret@proxy.example:1080") == ("", "", [SOCKS])


# Whatever it is


GUARDED = "guarded-value"
VALUES = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                *(GUARDED, "http://", "https://", "socks5://", ":", "@", "/", "[", "]", "%", "3128", "."),
                *("-----BEGIN ", "-----END ", "CERTIFICATE-----", "PRIVATE KEY-----", "\\n", "\n", "\ud800"),
            ]
        )
    ).map("".join),
    st.none() | st.integers() | st.lists(st.text()) | st.dictionaries(st.text(), st.text()),
)


@given(VALUES, VALUES)
@example("-----BEGIN CERTIFICATE-----guarded-value-----END CERTIFICATE-----", f"http://u:{GUARDED}@h:1")
@example(GUARDED, f"http://u:{GUARDED}@{GUARDED}:99999")
@example(None, "http://\ud800:x@h:1")
def test_whatever_the_values_are_they_are_used_or_named_and_never_shown(certificates, address):
    reach, unusable = read_reach({"ca_certificates": certificates, "https_proxy": address})

    assert bool(reach.authorities) or any(why.startswith("ca_certificates (") for why in unusable)
    assert bool(reach.proxy) != any(why.startswith("https_proxy (") for why in unusable)
    assert GUARDED not in f"{reach!r} {unusable}"
    assert set(unusable) <= {NONE, A_PART, PRIVATE_KEY, NO_PROXY, SOCKS}
