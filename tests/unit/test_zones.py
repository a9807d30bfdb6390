"""Time zones: known by their IANA names, with or without a system that has them."""

import zoneinfo
from datetime import UTC, datetime

import pytest
from hypothesis import given

from monitors_bot.zones import is_zone, zone, zone_or_utc
from tests.unit import hostile


@pytest.fixture
def without_system_zones():
    path = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(path)
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata"])
def test_a_zone_is_known_where_the_system_has_none(without_system_zones, name):
    assert is_zone(name)


def test_a_zone_knows_its_days():
    assert datetime(2026, 7, 1, 23, tzinfo=UTC).astimezone(zone("Europe/Berlin")).day == 2


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "Europe",
        "Europe/",
        "/etc/passwd",
        "../UTC",
        "Europe/Atlantis",
        "CEST+2",
        "a\0b",
        "x" * 300,
        "tzdata.zi",
    ],
)
def test_what_is_no_zone_is_none_and_counts_as_utc(name):
    assert zone(name) is None
    assert zone_or_utc(name) is UTC


@given(name=hostile.texts)
def test_any_text_is_a_zone_or_none(name):
    assert is_zone(name) in {True, False}
