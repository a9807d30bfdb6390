"""docs/secret.md and the examples of the secret have the keys that the bot reads."""

import json
import subprocess
from pathlib import Path

import pytest

from monitors_bot.aws import secret as secrets
from monitors_bot.lambdas.webhook import ROUTES as WEBHOOK_ROUTES
from monitors_bot.reach import CA_CERTIFICATES, HTTPS_PROXY, read_reach
from monitors_bot.wiring.platforms import PLATFORMS
from tests.fakes.certificates import Authority
from tests.unit.docs.pages import blocks, first_cells, page

SHARED_KEYS = [platform.SECRET_KEY for platform in PLATFORMS] + [
    caller.SECRET_KEY for caller in WEBHOOK_ROUTES.values()
]
SECRET_KEYS = [
    secrets.USER_ID,
    secrets.AUTH_TOKEN,
    CA_CERTIFICATES,
    secrets.ACCESS_RULES,
    HTTPS_PROXY,
    *SHARED_KEYS,
]


@pytest.mark.parametrize("key", SECRET_KEYS)
def test_every_key_is_explained(key):
    assert f"\n| `{key}` |" in page("secret")


def test_no_other_key_is_explained():
    assert sorted(cell.strip("`") for cell in first_cells(page("secret"))) == sorted(SECRET_KEYS)


def test_it_says_which_keys_may_be_lists():
    last_six = {cell.strip("`") for cell in first_cells(page("secret"))[-6:]}

    assert last_six == set(SHARED_KEYS)
    assert "Each of the last six may be one string or a list of strings." in page("secret")


def test_the_example_to_copy_holds_every_key():
    secret = json.loads(Path("examples/secret.json").read_text(encoding="utf-8"))

    assert secret.keys() == set(SECRET_KEYS)
    assert {
        type(value) for key, value in secret.items() if key not in {*SHARED_KEYS, secrets.ACCESS_RULES}
    } == {str}


def test_the_command_for_certificates_makes_json_that_the_bot_can_read(tmp_path):
    [command] = [block for block in blocks(page("secret"), "sh") if block.startswith("python3")]
    (tmp_path / "secret.json").write_text('{"mattermost_token": "x"}')
    (tmp_path / "authority.pem").write_text(Authority(tmp_path).pem)

    subprocess.run(["bash", "-euc", command], cwd=tmp_path, check=True)

    secret = json.loads((tmp_path / "secret.json").read_text())
    reach, unusable = read_reach(secret)
    assert (secret["mattermost_token"], len(reach.authorities), unusable) == ("x", 1, [])


def test_every_key_that_is_explained_is_known():
    assert set(SECRET_KEYS) <= secrets.KNOWN_KEYS
