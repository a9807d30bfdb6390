"""Documents in the table: of any size, and never written over unseen."""

from dataclasses import replace

import pytest

from monitors_bot.aws.sdk import Sdk, SdkTable
from monitors_bot.aws.signed import SignedAws, SignedTable
from monitors_bot.aws.stores.documents import PIECE_CHARACTERS, Document, Documents
from monitors_bot.errors import Overtaken
from tests.fakes.troubled_table import troubled_table


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


# A write that was carried out, though AWS says that it failed


@pytest.fixture
def failing(aws, table):
    """A table that does what it is asked for and answers that it failed."""
    with troubled_table(aws.url) as door:
        yield door


@pytest.fixture(params=["signed calls", "boto3"])
def through(request, failing, aws, table, outbound, ample):
    environ = {**aws.environment, "AWS_ENDPOINT_URL_DYNAMODB": failing.url}
    if request.param == "signed calls":
        yield Documents(SignedTable(SignedAws(outbound, environ, lambda _: None), table, ample))
        return
    client = Sdk(environ).client("dynamodb")
    yield Documents(SdkTable(client, table, lambda _: None))
    client.close()


def test_a_write_meets_itself_and_counts_once(failing, through):
    failing.carry_out_but_fail("PutItem")
    first = through.put(Document("place", "name", 1))
    failing.carry_out_but_fail("PutItem")
    second = through.put(replace(first, content=2))

    assert through.get("place", "name") == second
    assert failing.operations.count("PutItem") == 4


def test_a_write_that_met_another_is_overtaken_whatever_the_table_answered_first(failing, through, documents):
    through.put(Document("place", "name", "another"))
    failing.carry_out_but_fail("PutItem")

    with pytest.raises(Overtaken):
        through.put(Document("place", "name", "another"))


def test_writes_that_belong_together_meet_themselves_and_count_once(failing, aws, table):
    client = Sdk({**aws.environment, "AWS_ENDPOINT_URL_DYNAMODB": failing.url}).client("dynamodb")
    documents = Documents(SdkTable(client, table, lambda _: None))
    long = documents.put(Document("place", "long", "x" * 2 * PIECE_CHARACTERS), [Document("place", "a", 1)])

    for change in (
        lambda: documents.put(replace(long, content="y" * 2 * PIECE_CHARACTERS)),
        lambda: documents.put(Document("place", "b", 1), [Document("place", "c", 1)]),
        lambda: documents.delete(replace(long, stamp=2), [Document("place", "d", 1)]),
    ):
        failing.carry_out_but_fail("TransactWriteItems")
        change()

    assert [document.name for document in documents.all("place")] == ["a", "b", "c", "d"]
    client.close()
