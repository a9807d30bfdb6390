import pytest

from monitors_bot.domain.digests.order import Post, read_order
from monitors_bot.errors import OrderMalformed

RUN = "arn:aws:scheduler:eu-central-1:1:schedule/default/monitors 2026-11-23T09:00:00Z"


def order(**changes):
    return read_order({"run": RUN, "channel": "#leads", **changes})


def test_optional_fields_have_defaults():
    read = order()

    assert (read.units, read.post, read.alert, read.timezone) == (("*",), Post.CHANGES, True, "UTC")


def test_a_tick_knows_its_schedule():
    assert order().schedule == RUN.split(maxsplit=1)[0]
    assert order(run="by hand").schedule == "by"
    assert order(run="byhand").schedule == "byhand"


def test_the_identity_of_a_run_is_that_of_its_tick():
    assert order().id == order(post="always").id != order(run=RUN + "1").id


def test_the_zone_of_the_days_is_one_that_is_known():
    assert order(timezone=" Europe/Berlin ").timezone == "Europe/Berlin"
    with pytest.raises(OrderMalformed, match="timezone"):
        read_order({"run": RUN, "channel": "#leads", "timezone": "Europe/Atlantis"}, {"UTC"}.__contains__)


@pytest.mark.parametrize("channel", ["#leads", "@ana", "GENERAL", "#größe.1", " #leads "])
def test_a_channel_is_a_room_name_a_username_or_an_id(channel):
    assert order(channel=channel).channel == channel.strip()
