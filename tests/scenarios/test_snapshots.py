"""What the platforms receive, one readable file per case: read a changed one like code."""

import pytest
from syrupy.extensions.json import JSONSnapshotExtension

from monitors_bot.domain.units.roster import Monitor, Unit
from tests.conftest import Bot
from tests.fakes.screen import with_stable_host
from tests.scenarios.conftest import Client, typed

MORNING = 1_795_341_600.0  # 2026-11-22 10:00:00 UTC


@pytest.fixture
def snapshot_json(snapshot):
    return snapshot.use_extension(JSONSnapshotExtension)


@pytest.fixture
def frozen(bot: Bot, company) -> Bot:
    """The bot at ten in the morning, on a server whose name does not change."""
    bot.clock.stop_at(MORNING)
    company.add_unit("Night")
    company.add_unit("Billing US", monitors=["kim"], id="bilLingUs00000001")
    company.add_user(
        "raw", name="*Bold* <!here> @all", status="busy", status_text="[x](http://x.yz) | :smile: `y`"
    )
    company.add_unit("R&D <@all>", monitors=["raw"], id="rAndD000000000001")
    return bot


@pytest.mark.parametrize(
    "text",
    [
        "help",
        "list",
        "billing eu",
        "bill",
        "nowhere",
        "biling",
        "night",
        "rAndD000000000001",
        "sales share",
    ],
)
def test_reply(frozen: Bot, company, platform: Client, text, snapshot_json):
    answer = frozen.send(typed(frozen, platform, text)).json

    host = company.url.removeprefix("http://")
    assert _with_stable_host(answer, host) == snapshot_json


@pytest.mark.parametrize(
    "text",
    ["sales history", "sales at 2026-11-22 07:30", "sales at yesterday 14:00", "@raw", "@sue", "me"],
    ids=["history", "between", "then", "person", "nobody", "me"],
)
def test_reply_from_records(frozen: Bot, company, recorder, platform: Client, text, snapshot_json):
    raw, kim = (Monitor(company.user(name).id, name, company.user(name).name) for name in ("raw", "kim"))
    sales, billing = Unit("salesSales0000001", "Sales"), Unit("bilLingUs00000001", "Billing US")
    for hours_ago, monitors in [(30, [kim]), (3, [kim]), (2, [kim, raw])]:
        recorder.record(sales, monitors, MORNING - hours_ago * 3600)
    recorder.record(billing, [raw], MORNING - 180)

    answer = frozen.send(typed(frozen, platform, text)).json

    assert _with_stable_host(answer, company.url.removeprefix("http://")) == snapshot_json


def test_reply_last_known(frozen: Bot, company, platform: Client, snapshot_json):
    frozen.send(typed(frozen, platform, "sales"))
    frozen.clock.advance(420)
    company.fail("*", "status", code=503)

    answer = frozen.send(typed(frozen, platform, "sales")).json

    assert _with_stable_host(answer, company.url.removeprefix("http://")) == snapshot_json


def test_reply_bad_news(frozen: Bot, company, platform: Client, snapshot_json):
    company.permissions.discard("manage-livechat-monitors")

    assert frozen.send(typed(frozen, platform, "sales")).json == snapshot_json


def _with_stable_host(value, host):
    if isinstance(value, dict):
        return {key: _with_stable_host(inner, host) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_stable_host(inner, host) for inner in value]
    return with_stable_host(value, host) if isinstance(value, str) else value
