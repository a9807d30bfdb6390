"""Recorded rosters for one command: each read at most once, by the command's deadline."""

import pytest

from monitors_bot.aws.signed import SignedAws
from monitors_bot.aws.stores.documents import Document
from monitors_bot.aws.stores.rosters import ROSTERS, Rosters
from monitors_bot.aws.stores.rosters_in_time import RecordedRosters
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import RecordsUnreachable
from monitors_bot.outbound import Outbound

SALES, BILLING = Unit("s1", "Sales"), Unit("b1", "Billing")
ANA, KIM = Monitor("u1", "ana", "Ana"), Monitor("u2", "kim", "Kim")


class CountingOutbound(Outbound):
    """Counts what is asked for."""

    calls = 0

    def post(self, *args, **options):
        self.calls += 1
        return super().post(*args, **options)


@pytest.fixture
def counting():
    running = CountingOutbound()
    yield running
    running.close()


@pytest.fixture
def trouble():
    return []


@pytest.fixture
def recorded(counting, aws, table, ample, trouble):
    return RecordedRosters(SignedAws(counting, aws.environment), table, ample, trouble.append)


@pytest.fixture
def rosters(documents):
    rosters = Rosters(documents)
    rosters.record(SALES, [ANA], 100.0)
    rosters.record(SALES, [KIM], 200.0)
    rosters.record(BILLING, [KIM], 100.0)
    return rosters


def test_records_are_read_as_they_were_written(recorded, rosters):
    assert recorded.of("s1") == rosters.of("s1")
    assert recorded.of("nowhere") is None
    assert recorded.changes("s1") == rosters.changes("s1")
    assert recorded.all() == rosters.all()


def test_nothing_is_read_before_it_is_asked_for(recorded, counting, rosters):
    assert counting.calls == 0


def test_a_record_is_read_once(recorded, counting, rosters):
    recorded.expect("s1")
    recorded.expect("s1")

    assert recorded.of("s1") == recorded.of("s1")
    assert counting.calls == 1


def test_of_all_records_one_is_found_without_another_reading(recorded, counting, rosters):
    recorded.expect()

    assert len(recorded.all()) == 2
    assert recorded.of("s1").monitors == (KIM,)
    assert recorded.of("nowhere") is None
    assert counting.calls == 1


def test_records_that_do_not_come_in_time_are_unreachable_and_somebody_hears_why(
    counting, aws, table, in_seconds, trouble
):
    recorded = RecordedRosters(SignedAws(counting, aws.environment), table, in_seconds(0), trouble.append)

    with pytest.raises(RecordsUnreachable) as caught:
        recorded.all()

    assert trouble == [caught.value]


def test_a_table_that_refuses_is_unreachable(counting, aws, table, ample, trouble):
    recorded = RecordedRosters(SignedAws(counting, aws.environment), "no-such-table", ample, trouble.append)

    with pytest.raises(RecordsUnreachable, match="ResourceNotFoundException"):
        recorded.of("s1")


@pytest.mark.parametrize("content", [{}, [], None, {"name": "Sales", "monitors": [["u1"]]}])
def test_a_record_that_makes_no_sense_is_unreachable(recorded, documents, trouble, content):
    documents.put(Document(ROSTERS, "s1", content))

    with pytest.raises(RecordsUnreachable):
        recorded.of("s1")

    assert len(trouble) == 1
