"""The local AWS does not lose what DynamoDB would keep."""

from concurrent.futures import ThreadPoolExecutor

import pytest

WRITES = 20
FILLERS = 20


def item(key: str) -> dict[str, object]:
    return {"pk": {"S": "place"}, "sk": {"S": key}}


def test_a_cancelled_transaction_takes_nothing_back_that_others_wrote_meanwhile(aws, table):
    only_new = "attribute_not_exists(pk)"
    aws.dynamodb.put_item(TableName=table, Item=item("taken"))
    filler = {"pk": {"S": "other place"}, "list": {"L": [{"N": str(number)} for number in range(500)]}}
    for number in range(FILLERS):  # the more there is to put back, the longer others have to write
        aws.dynamodb.put_item(TableName=table, Item={**filler, "sk": {"S": str(number)}})

    def write(number: int) -> None:
        aws.dynamodb.put_item(TableName=table, Item=item(f"kept {number}"))

    def be_cancelled(number: int) -> None:
        puts = [
            {"Put": {"TableName": table, "Item": item(key), "ConditionExpression": only_new}}
            for key in (f"cancelled {number}", "taken")
        ]
        with pytest.raises(aws.dynamodb.exceptions.TransactionCanceledException):
            aws.dynamodb.transact_write_items(TransactItems=puts)

    with ThreadPoolExecutor(4) as threads:
        works = [threads.submit(what, number) for number in range(WRITES) for what in (write, be_cancelled)]
        for work in works:
            work.result()

    found = aws.dynamodb.query(
        TableName=table,
        KeyConditionExpression="pk = :place",
        ExpressionAttributeValues={":place": {"S": "place"}},
    )
    names = {one["sk"]["S"] for one in found["Items"]}
    assert names == {"taken", *(f"kept {number}" for number in range(WRITES))}
