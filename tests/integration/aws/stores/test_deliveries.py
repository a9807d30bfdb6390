"""The claims on late answers: whatever happens, nobody sends an answer twice."""

import pytest

from monitors_bot.aws.stores.deliveries import KEPT_SECONDS, LEASE_SECONDS, Claim, Deliveries
from tests.integration.aws.stores.conftest import NOW, overtaken

ID = "a" * 32


@pytest.fixture
def deliveries(documents, clock) -> Deliveries:
    return Deliveries(documents, clock)


def test_of_two_that_claim_an_answer_one_may_send(deliveries):
    assert [deliveries.claim(ID) for _ in range(2)] == [Claim.OURS, Claim.BUSY]
    assert deliveries.claim("b" * 32) is Claim.OURS


def test_a_claim_that_is_older_than_a_worker_lives_is_abandoned(deliveries, clock):
    deliveries.claim(ID)

    clock.advance(LEASE_SECONDS - 1)
    assert deliveries.claim(ID) is Claim.BUSY
    clock.advance(1)
    assert deliveries.claim(ID) is Claim.ABANDONED


def test_what_is_done_is_done_for_good(deliveries, clock):
    deliveries.claim(ID)
    deliveries.finish(ID)

    clock.advance(LEASE_SECONDS)
    assert deliveries.claim(ID) is Claim.DONE


def test_what_was_released_may_be_sent(deliveries):
    deliveries.claim(ID)
    deliveries.release(ID)

    assert deliveries.claim(ID) is Claim.OURS


def test_a_claim_whose_answer_was_lost_is_ours(deliveries, items):
    items.lose_the_next_answer_to_a_write()

    assert deliveries.claim(ID) is Claim.OURS


def test_a_release_whose_answer_was_lost_is_one(deliveries, items):
    deliveries.claim(ID)
    items.lose_the_next_answer_to_a_write()

    deliveries.release(ID)

    assert deliveries.claim(ID) is Claim.OURS


def test_an_end_whose_answer_was_lost_is_one(deliveries, items):
    deliveries.claim(ID)
    items.lose_the_next_answer_to_a_write()

    deliveries.finish(ID)

    assert deliveries.claim(ID) is Claim.DONE


def test_a_release_that_seems_overtaken_is_made_all_the_same(deliveries, items):
    deliveries.claim(ID)
    items.before_the_next_write(overtaken)

    deliveries.release(ID)

    assert deliveries.claim(ID) is Claim.OURS


def test_an_end_that_seems_overtaken_is_recorded_all_the_same(deliveries, items):
    deliveries.claim(ID)
    items.before_the_next_write(overtaken)

    deliveries.finish(ID)

    assert deliveries.claim(ID) is Claim.DONE


def test_an_end_that_another_worker_recorded_is_not_released(deliveries):
    deliveries.claim(ID)
    deliveries.finish(ID)

    deliveries.release(ID)

    assert deliveries.claim(ID) is Claim.DONE


def test_a_claim_that_is_released_while_another_is_made_makes_that_one_wait(deliveries, items, documents):
    class ReleasedWhenRead(Deliveries):
        def _standing(self, *claim):
            deliveries.release(ID)
            return super()._standing(*claim)

    deliveries.claim(ID)

    assert ReleasedWhenRead(documents, lambda: NOW).claim(ID) is Claim.BUSY


def test_two_workers_that_find_an_abandoned_answer_may_both_end_it(deliveries, items, clock):
    deliveries.claim(ID)
    clock.advance(LEASE_SECONDS)
    items.before_the_next_write(lambda: deliveries.finish(ID))

    deliveries.finish(ID)

    assert deliveries.claim(ID) is Claim.DONE


def test_what_was_never_claimed_can_be_released_and_ended(deliveries):
    deliveries.release(ID)
    deliveries.finish(ID)

    assert deliveries.claim(ID) is Claim.DONE


def test_a_claim_is_kept_for_a_day_after_the_last_of_it(deliveries, documents, clock):
    deliveries.claim(ID)
    clock.advance(10)
    deliveries.finish(ID)

    (document,) = documents.all(f"late-answer#{ID}")
    assert (document.name, document.content) == ("delivery", {"state": "done"})
    assert document.expires_at == NOW + 10 + KEPT_SECONDS
