"""Pages that were accepted before: known for a day, however long DynamoDB takes to delete them."""

import pytest

from monitors_bot.aws.stores.seen_pages import KEPT_SECONDS, SeenPages

ID = "a" * 32


@pytest.fixture
def pages(documents, clock) -> SeenPages:
    return SeenPages(documents, clock)


def test_a_page_is_known_once_it_was_added(pages):
    assert not pages.look_up(ID).was_seen

    pages.add(pages.look_up(ID))

    assert pages.look_up(ID).was_seen
    assert not pages.look_up("b" * 32).was_seen


def test_a_page_is_known_for_a_day(pages, clock):
    pages.add(pages.look_up(ID))

    clock.advance(KEPT_SECONDS - 1)
    assert pages.look_up(ID).was_seen
    clock.advance(1)
    assert not pages.look_up(ID).was_seen


def test_a_page_that_comes_again_after_its_day_is_known_again(pages, clock):
    pages.add(pages.look_up(ID))
    clock.advance(KEPT_SECONDS)

    pages.add(pages.look_up(ID))

    assert pages.look_up(ID).was_seen


def test_of_two_that_add_a_page_at_the_same_time_both_find_it_added(pages, items):
    mark = pages.look_up(ID)
    items.before_the_next_write(lambda: pages.add(pages.look_up(ID)))

    pages.add(mark)

    assert pages.look_up(ID).was_seen


def test_a_page_whose_old_mark_is_deleted_meanwhile_is_added_all_the_same(pages, items, clock, documents):
    pages.add(pages.look_up(ID))
    clock.advance(KEPT_SECONDS + 1)
    old = pages.look_up(ID)
    items.before_the_next_write(lambda: documents.delete(old.document))

    pages.add(old)

    assert pages.look_up(ID).was_seen
