"""The messages on the queues. Their JSON is a promise: one version may read what another one wrote."""

import json
import subprocess
import sys
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.aws.messages import LONGEST_COMMAND, LONGEST_TEXT, new_id, read, write
from monitors_bot.domain.answers.conversation import Command, Job
from monitors_bot.domain.digests.slices import Slice
from monitors_bot.domain.notices.messages import Event, Mention, Page, Turn
from monitors_bot.errors import JobMalformed

ID = "0123456789abcdef0123456789abcdef"
COMMAND = Command(
    "/monitors", "Süd all", "U1", "ana", "m1", "r0", "r1", "t1", "https://hooks.slack.com/x", True, 5.5
)
JOB = Job(ID, "slack", COMMAND, 1795341600.25, "c1")
PAGE = Page(ID, "Sales", "Down\nagain", "#leads", Mention.ALL, True, "c1")
EVENT = Event(ID, "LivechatSessionQueued", "dep1", "c1", ID[::-1], 1795341600.25, True, False, "dep0")
TURN = Turn("s1", 1795341600.25)
SLICE = Slice(ID, 3)

JOB_BODY = (
    '{"kind": "late-answer", "id": "0123456789abcdef0123456789abcdef", "platform": "slack", "command":'
    ' {"word": "/monitors", "text": "S\\u00fcd all", "user_id": "U1", "user_name": "ana", "message_id": "m1",'
    ' "unnamed_room_id": "r0", "room_id": "r1", "thread_id": "t1", "response_url":'
    ' "https://hooks.slack.com/x", "has_escaped_mention": true, "utc_offset": 5.5},'
    ' "asked_at": 1795341600.25,'
    ' "correlation_id": "c1"}'
)
PAGE_BODY = (
    '{"kind": "page", "id": "0123456789abcdef0123456789abcdef", "unit": "Sales", "message": "Down\\nagain",'
    ' "channel": "#leads", "mention": "all", "is_cut": true, "correlation_id": "c1"}'
)
EVENT_BODY = (
    '{"kind": "event", "id": "0123456789abcdef0123456789abcdef", "type": "LivechatSessionQueued",'
    ' "department_id": "dep1", "correlation_id": "c1", "conversation": "fedcba9876543210fedcba9876543210",'
    ' "received_at": 1795341600.25, "is_served": true, "is_news": false, "old_department_id": "dep0"}'
)
TURN_BODY = '{"kind": "turn", "unit_id": "s1", "due": 1795341600.25}'
SLICE_BODY = '{"kind": "run", "run": "0123456789abcdef0123456789abcdef", "slice": 3}'
BODIES = {
    "late-answer": JOB_BODY,
    "page": PAGE_BODY,
    "event": EVENT_BODY,
    "turn": TURN_BODY,
    "run": SLICE_BODY,
}
ODD_VALUES: list[object] = [..., None, [], True]
"""`...` stands for a missing value."""
ODD_KINDS: list[object] = [None, "notice", 1, [], {}, "RUN", ""]
FLAGS = {"is_cut", "is_served", "is_news"}
NEWER: dict[str, dict[str, object]] = {
    "event": {
        "conversation": "",
        "received_at": 0.0,
        "is_served": False,
        "is_news": True,
        "old_department_id": "",
    }
}
"""Fields that messages of older versions lack, and what they are then."""
MESSAGES = [JOB, PAGE, EVENT, TURN, SLICE]

WINGS = ("monitors_bot.domain.answers", "monitors_bot.domain.digests", "monitors_bot.domain.notices")

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("message", "body"), [*zip(MESSAGES, BODIES.values(), strict=True)], ids=list(BODIES)
)
def test_a_message_is_written_and_read_as_every_version_does(message, body):
    assert write(message) == body
    assert read(body) == message


def test_a_job_of_the_version_that_knew_no_offset_from_utc_can_be_read():
    earlier = JOB_BODY.replace(', "utc_offset": 5.5', "")

    assert read(earlier) == replace(JOB, command=replace(COMMAND, utc_offset=None))


@pytest.mark.parametrize("value", ["2", True, [], 24, -24, 1e999])
def test_an_offset_from_utc_that_no_place_has_is_malformed(value):
    with pytest.raises(JobMalformed):
        read(
            json.dumps(
                {**json.loads(JOB_BODY), "command": json.loads(JOB_BODY)["command"] | {"utc_offset": value}}
            )
        )


@given(word=st.text(max_size=20), text=st.text(max_size=50), at=st.floats(0, 1e10), is_escaped=st.booleans())
def test_any_job_reads_back_as_it_was_written(word, text, at, is_escaped):
    command = replace(COMMAND, word=word, text=text, has_escaped_mention=is_escaped)

    assert read(write(replace(JOB, command=command, asked_at=at))) == replace(
        JOB, command=command, asked_at=at
    )


def test_every_new_id_is_unique_and_can_be_read():
    first, second = new_id(), new_id()

    assert first != second
    assert read(write(Slice(first, 0))) == Slice(first, 0)


def changed(kind, /, **changes):
    """The body of a message with changed values; `...` removes one."""
    values = json.loads(BODIES[kind]) | changes
    return json.dumps({name: value for name, value in values.items() if value is not ...})


@pytest.mark.parametrize(
    "body",
    ["", " ", "hello", "{", "null", "[]", "7", "{}", "[" * 100_000, '{"a":' * 5000]
    + ['{"kind": "run", "slice": ' + "9" * 5000 + "}"]
    + [changed("run", kind=kind) for kind in ODD_KINDS],
)
def test_any_other_body_is_malformed(body):
    with pytest.raises(JobMalformed):
        read(body)


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        pytest.param(kind, name, value, id=f"{kind}-{name}-{value}")
        for kind, body in BODIES.items()
        for name in json.loads(body)
        for value in ODD_VALUES
        if name not in FLAGS and not (value is ... and name in NEWER.get(kind, {}))
    ],
)
def test_a_value_that_is_missing_or_of_another_type_is_malformed(kind, name, value):
    with pytest.raises(JobMalformed):
        read(changed(kind, **{name: value}))


@pytest.mark.parametrize("kind", NEWER)
def test_a_message_of_an_older_version_is_read(kind):
    message = read(changed(kind, **dict.fromkeys(NEWER[kind], ...)))

    assert asdict(message) == asdict(read(BODIES[kind])) | NEWER[kind]
    assert read(write(message)) == message


@pytest.mark.parametrize("value", [..., None, 1, "true"], ids=["missing", "null", "number", "text"])
def test_a_flag_is_set_only_by_true(value):
    assert read(changed("page", is_cut=value)) == replace(PAGE, is_cut=False)


@pytest.mark.parametrize(
    "id_", ["", "a" * 31, ID + "0", ID.upper(), "../" + ID[3:], ID + "\n", "a" * 4000, "x"]
)
@pytest.mark.parametrize(
    ("kind", "name"), [("late-answer", "id"), ("page", "id"), ("event", "id"), ("run", "run")]
)
def test_an_id_that_is_not_ours_is_malformed(kind, name, id_):
    with pytest.raises(JobMalformed):
        read(changed(kind, **{name: id_}))


@pytest.mark.parametrize("time", ["NaN", "Infinity", "-1", "1" + "0" * 400, "1e308", "1e11", '"now"'])
@pytest.mark.parametrize(("kind", "name"), [("late-answer", "asked_at"), ("turn", "due")])
def test_an_impossible_time_is_malformed(kind, name, time):
    with pytest.raises(JobMalformed):
        read(changed(kind, **{name: "@"}).replace('"@"', time))


@pytest.mark.parametrize("number", [None, -1, True, 1.5, "1"])
def test_a_slice_without_a_number_is_malformed(number):
    with pytest.raises(JobMalformed):
        read(changed("run", slice=number))


@pytest.mark.parametrize("text", ["\ud800", "x" * (LONGEST_TEXT + 1)], ids=["half a character", "too long"])
@pytest.mark.parametrize(("kind", "name"), [("page", "message"), ("event", "type"), ("turn", "unit_id")])
def test_a_text_that_cannot_be_posted_is_malformed(kind, name, text):
    with pytest.raises(JobMalformed):
        read(changed(kind, **{name: text}))


def test_a_command_may_be_as_long_as_a_message_of_chat():
    longest = replace(JOB, command=replace(COMMAND, text="x" * LONGEST_COMMAND))
    longer = replace(JOB, command=replace(COMMAND, text="x" * (LONGEST_COMMAND + 1)))

    assert read(write(longest)) == longest
    with pytest.raises(JobMalformed):
        read(write(longer))


def test_a_page_mentions_in_one_of_three_ways():
    with pytest.raises(JobMalformed):
        read(changed("page", mention="everybody"))


@given(body=st.text(max_size=60) | anything.map(json.dumps))
def test_any_text_that_is_no_message_is_malformed(body):
    with pytest.raises(JobMalformed):
        read(body)


@given(kind=st.sampled_from(list(BODIES)), data=st.data())
def test_a_message_with_any_value_is_read_or_malformed_and_nothing_else(kind, data):
    values = json.loads(BODIES[kind])
    name = data.draw(st.sampled_from(sorted(values)))

    try:
        message = read(json.dumps(values | {name: data.draw(anything)}))
    except JobMalformed:
        return
    assert read(write(message)) == message


@pytest.mark.parametrize(
    ("kind", "wing"),
    [
        ("late-answer", "answers"),
        ("page", "notices"),
        ("event", "notices"),
        ("turn", "notices"),
        ("run", "digests"),
    ],
)
def test_reading_a_message_loads_its_own_wing_alone(kind, wing):
    script = f"""
import sys
from monitors_bot.aws import messages, queues
wings = lambda: sorted(name for name in sys.modules if name in {WINGS!r})
assert wings() == [], wings()
messages.read({BODIES[kind]!r})
print(*wings())
"""

    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert process.stdout.split() == [f"monitors_bot.domain.{wing}"]
