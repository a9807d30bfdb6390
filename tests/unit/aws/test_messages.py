import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.aws.messages import read
from monitors_bot.domain.digests.slices import Slice
from monitors_bot.errors import JobMalformed

RUN_ID = "0123456789abcdef0123456789abcdef"
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def written(**changes) -> str:
    return json.dumps({"kind": "run", "run": RUN_ID, "slice": 3, **changes})


def test_a_slice_is_read_as_it_was_written():
    assert read(written()) == Slice(RUN_ID, 3)


@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "[]", "7", "[" * 100_000, '{"slice": ' + "9" * 5000 + "}", "{}"]
    + [written(kind=kind) for kind in (None, "notice", 1)]
    + [
        written(run=run)
        for run in (None, "", RUN_ID + "0", RUN_ID.upper(), "../" + RUN_ID[3:], RUN_ID + "\n")
    ]
    + [written(slice=number) for number in (None, -1, True, 1.5, "1")],
)
def test_anything_else_is_malformed(body):
    with pytest.raises(JobMalformed):
        read(body)


@given(body=st.text(max_size=60) | anything.map(json.dumps))
def test_any_text_is_malformed_and_nothing_else(body):
    with pytest.raises(JobMalformed):
        read(body)
