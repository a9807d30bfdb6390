"""Documents in the table: of any size, and never written over unseen."""

from dataclasses import replace

import pytest

from monitors_bot.aws.stores.documents import PIECE_CHARACTERS, Document
from monitors_bot.errors import Overtaken


def test_what_is_put_is_got(documents):
    documents.put(Document("place", "name", {"ä": [1, 2.5, None, "x#000"]}))

    assert documents.get("place", "name").content == {"ä": [1, 2.5, None, "x#000"]}


def test_what_was_never_put_is_nothing(documents):
    assert documents.get("place", "name") is None


def test_a_name_that_begins_with_another_is_another(documents):
    documents.put(Document("place", "a#b", 1))
    documents.put(Document("place", "a", 2))

    assert [documents.get("place", name).content for name in ("a", "a#b")] == [2, 1]


@pytest.mark.parametrize("pieces", [1, 2, 9])
def test_a_document_of_any_size_comes_back_whole(documents, pieces):
    long = "ü" * (PIECE_CHARACTERS * (pieces - 1) // 6 + 1)

    written = documents.put(Document("place", "name", long))

    assert documents.get("place", "name").content == long
    assert written.pieces == pieces


def test_a_document_that_shrinks_leaves_nothing_behind(documents):
    long = documents.put(Document("place", "name", "x" * 3 * PIECE_CHARACTERS))

    documents.put(replace(long, content="short"))

    assert [one.content for one in documents.all("place")] == ["short"]


def test_a_document_that_somebody_else_wrote_is_not_written_over(documents):
    mine = documents.put(Document("place", "name", 1))
    documents.put(replace(mine, content=2))

    with pytest.raises(Overtaken):
        documents.put(replace(mine, content=3))

    assert documents.get("place", "name").content == 2


def test_a_new_document_does_not_replace_one_that_is_there(documents):
    documents.put(Document("place", "name", 1))

    with pytest.raises(Overtaken):
        documents.put(Document("place", "name", 2))

    assert documents.get("place", "name").content == 1


def test_two_documents_are_written_together_or_not_at_all(documents):
    documents.put(Document("place", "taken", 1))

    with pytest.raises(Overtaken):
        documents.put(Document("place", "name", 2), [Document("place", "taken", 2)])

    assert [one.content for one in documents.all("place")] == [1]


def test_a_document_is_taken_away_with_all_its_pieces(documents):
    long = documents.put(Document("place", "name", "x" * 2 * PIECE_CHARACTERS))

    documents.delete(long, [Document("place", "other", "why")])

    assert [one.name for one in documents.all("place")] == ["other"]


def test_a_document_that_was_written_meanwhile_is_not_taken_away(documents):
    mine = documents.put(Document("place", "name", 1))
    documents.put(replace(mine, content=2))

    with pytest.raises(Overtaken):
        documents.delete(mine)

    assert documents.get("place", "name").content == 2


def test_the_last_documents_come_first(documents):
    for number in range(5):
        documents.put(Document("place", f"{number:03}", number))

    assert [one.content for one in documents.last("place", 3)] == [4, 3, 2]


def test_the_last_document_is_found_though_it_is_long(documents):
    documents.put(Document("place", "001", "short"))
    documents.put(Document("place", "002", "x" * 2 * PIECE_CHARACTERS))

    assert [one.name for one in documents.last("place", 1)] == ["002"]


def test_a_whole_place_is_read_though_it_has_more_than_one_answer_holds(documents):
    for number in range(8):
        documents.put(Document("place", f"{number:03}", "x" * (PIECE_CHARACTERS - 10)))

    assert len(documents.all("place")) == 8


def test_a_document_that_is_half_written_is_not_there(documents, aws, table):
    documents.put(Document("place", "name", "x" * 2 * PIECE_CHARACTERS))
    documents.put(Document("place", "other", 1))
    aws.dynamodb.delete_item(TableName=table, Key={"pk": {"S": "place"}, "sk": {"S": "name#001"}})

    assert [one.name for one in documents.all("place")] == ["other"]


def test_a_single_write_is_no_transaction(documents, items):
    written = documents.put(Document("place", "name", 1))
    documents.delete(written)

    assert items.operations == ["PutItem", "DeleteItem"]
    assert documents.get("place", "name") is None
