"""Runs on a server in a private network, behind a proxy and an authority of its own."""

from tests.conftest import SECRET_NAME
from tests.fakes.certificates import Authority
from tests.fakes.proxy import Proxy


def test_a_digest_is_posted_through_the_proxy(scheduled, company, aws, secret, tmp_path):
    authority = Authority(tmp_path, careless=True)
    company.stop()
    company.tls = authority.server_context("chat.internal")
    company.start()
    scheduled.environ["ROCKETCHAT_URL"] = "https://chat.internal"
    scheduled.start_again()

    with Proxy({"chat.internal": company.port}, login="kim:guarded") as proxy:
        way = {"ca_certificates": authority.pem, "https_proxy": f"http://kim:guarded@{proxy.address}"}
        aws.change_secret(SECRET_NAME, {**secret, **way})

        [digest] = scheduled.run()

    assert "From now on I watch 2 units" in digest
    assert set(proxy.lines) == {"CONNECT chat.internal:443"}
