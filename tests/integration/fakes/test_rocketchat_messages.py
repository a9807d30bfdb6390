"""Posting: where a message goes, what is refused, and what is stored."""

import pytest

FIELD = {"title": "ana", "value": "online"}


@pytest.fixture
def room(server):
    return server.add_room("general")


@pytest.fixture
def older(server):
    server.settings.strict_bodies = False
    return server


def refused(answer):
    assert answer.status_code == 400
    assert answer.json()["success"] is False
    return answer.json().get("error")


def test_a_post_is_stored_and_answered_with_its_message(server, api, room):
    attachments = [{"title": "Sales", "fields": [FIELD]}]

    answer = api.post("chat.postMessage", {"roomId": room, "text": " hi ", "attachments": attachments}).json()

    (stored,) = server.messages(room)
    assert (answer["channel"], answer["message"], answer["success"]) == (room, stored, True)
    assert answer["ts"] > 1_700_000_000_000
    assert (stored["rid"], stored["msg"], stored["attachments"]) == (room, "hi", attachments)
    assert stored["u"] == {"_id": server.account.user_id, "username": "monitors-bot"}


def test_a_stored_message_can_be_read_back(server, api, room):
    message = api.post("chat.postMessage", {"roomId": room, "text": "hi"}).json()["message"]

    assert api.get("chat.getMessage", {"msgId": message["_id"]}).json() == {
        "message": message,
        "success": True,
    }


def test_an_unknown_message_is_refused_without_a_reason(api):
    answer = api.get("chat.getMessage", {"msgId": "nothing"})

    assert (answer.status_code, answer.json()) == (400, {"success": False})


def test_a_message_without_an_id_is_refused(api):
    assert api.get("chat.getMessage").json()["errorType"] == "error-invalid-params"


def test_a_channel_by_name_is_joined(server, api):
    room_id = server.add_room("general", members=[])

    answer = api.post("chat.postMessage", {"channel": "#general", "text": "hi"})

    assert answer.json()["message"]["rid"] == room_id
    assert server.account.user_id in server.rooms[room_id].members


@pytest.mark.parametrize("by", ["@ana", "id"])
def test_a_post_to_a_person_opens_one_direct_room(server, api, by):
    ana = server.add_user("ana")
    target = ana if by == "id" else by

    rooms = [
        api.post("chat.postMessage", {"channel": target, "text": "hi"}).json()["message"]["rid"]
        for _ in range(2)
    ]

    assert rooms[0] == rooms[1]
    assert server.rooms[rooms[0]].members == {ana, server.account.user_id}


def test_several_targets_all_get_the_post_but_only_the_first_is_answered(server, api, room):
    other = server.add_room("other")

    answer = api.post("chat.postMessage", {"roomId": [room, other], "text": "hi"}).json()

    assert answer["channel"] == room
    assert [len(server.messages(each)) for each in (room, other)] == [1, 1]


@pytest.mark.parametrize("target", ["#nothing", "@nobody", "nothing", ""])
def test_an_unresolved_target_is_an_invalid_channel(api, target):
    answer = api.post("chat.postMessage", {"channel": target, "text": "hi"})

    assert refused(answer) == "[invalid-channel]"
    assert answer.json()["errorType"] == "invalid-channel"


@pytest.mark.parametrize("body", [{"text": ""}, {}, {"text": "  ", "attachments": []}, {"text": None}])
def test_posting_nothing_is_an_unknown_error(server, api, room, body):
    assert refused(api.post("chat.postMessage", {"roomId": room, **body})) == "unknown-error"
    assert server.messages(room) == []


@pytest.mark.parametrize(
    "body", [{"text": "x" * 5001}, {"attachments": [{"text": "x" * 5001}]}, {"text": "😀" * 2501}]
)
def test_a_text_above_the_size_limit_is_refused(api, room, body):
    assert refused(api.post("chat.postMessage", {"roomId": room, **body})) == "error-message-size-exceeded"


def test_a_text_of_just_the_size_limit_is_posted(server, api, room):
    server.settings.max_allowed_size = 10

    answer = api.post(
        "chat.postMessage", {"roomId": room, "text": "x" * 10, "attachments": [{"text": "😀" * 5}]}
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"roomId": "r", "channel": "#general", "text": "hi"},
        {"text": "hi"},
        {"roomId": 5, "text": "hi"},
        {"roomId": ["r", None], "text": "hi"},
        {"channel": "#general", "text": "hi", "tmid": "m1"},
        {"roomId": "r", "msg": "hi"},
        {"roomId": "r", "text": "hi", "username": "somebody"},
        {"roomId": "r", "text": ["hi"]},
        {"roomId": "r", "text": "hi", "attachments": {"title": "Sales"}},
        {"roomId": "r", "text": "hi", "attachments": ["Sales"]},
    ],
)
def test_the_strict_body_refuses_what_its_schema_does_not_know(server, api, body):
    server.add_room("general", id="r")

    answer = api.post("chat.postMessage", body)

    assert refused(answer)
    assert answer.json()["errorType"] == "error-invalid-params"
    assert server.messages("r") == []


@pytest.mark.parametrize(
    "body",
    [{"msg": "hi"}, {"text": "hi", "unknown": 1}, {"text": "hi", "attachments": {"title": "Sales"}}],
)
def test_an_older_server_forgives_other_bodies(older, api, room, body):
    assert api.post("chat.postMessage", {"roomId": room, **body}).status_code == 200

    (stored,) = older.messages(room)
    assert stored["msg"] == "hi"
    assert "attachments" not in stored


def test_a_null_counts_as_left_out(server, api, room):
    body = {"roomId": room, "text": "hi", "alias": None, "avatar": None, "tmid": None}

    assert api.post("chat.postMessage", body).status_code == 200
    assert "alias" not in server.messages(room)[0]


def test_a_body_that_is_no_json_is_refused(api):
    assert refused(api.post("chat.postMessage", data=b"{")) == "Invalid JSON"


@pytest.mark.parametrize(
    ("key", "value"),
    [("title", ""), ("title", None), ("value", ""), ("value", 0), ("value", False), ("value", None)],
)
def test_a_field_with_a_falsy_half_spoils_the_whole_message(server, api, room, key, value):
    attachments = [{"fields": [FIELD, FIELD | {key: value}]}]

    answer = api.post("chat.postMessage", {"roomId": room, "text": "hi", "attachments": attachments})

    assert refused(answer) == "Invalid attachment field, title and value is required"
    assert server.messages(room) == []


@pytest.mark.parametrize(
    ("attachment", "error"),
    [
        ({"title_link": "units/1"}, "Invalid href value provided"),
        ({"image_url": "javascript:alert(1)"}, "Invalid href value provided"),
        ({"title": 7}, "Match error: Expected str in field title"),
        ({"collapsed": "yes"}, "Match error: Expected bool in field collapsed"),
        ({"fields": ["ana"]}, "Match error: Expected object"),
        ({"fields": [FIELD | {"value": ["online"]}]}, "Match error: Expected str in field value"),
    ],
)
def test_an_attachment_with_a_wrong_part_is_refused(api, room, attachment, error):
    assert refused(api.post("chat.postMessage", {"roomId": room, "attachments": [attachment]})) == error


def test_an_attachment_may_link_to_full_urls_and_uploads(api, room):
    attachment = {
        "title_link": "https://example.com",
        "thumb_url": "/file-upload/x.png",
        "ts": 5,
        "color": None,
    }

    assert api.post("chat.postMessage", {"roomId": room, "attachments": [attachment]}).status_code == 200


@pytest.mark.parametrize("key", ["alias", "avatar"])
def test_posting_as_somebody_else_needs_a_permission(server, api, room, key):
    body = {"roomId": room, "text": "hi", key: "https://example.com/a.png", "emoji": ":robot:"}

    assert refused(api.post("chat.postMessage", body)) == "Not enough permission"
    server.permissions.add("message-impersonate")

    assert api.post("chat.postMessage", body).status_code == 200
    assert ("emoji" in server.messages(room)[0]) == (key == "alias")


@pytest.mark.parametrize("endpoint", ["chat.postMessage", "chat.sendMessage"])
@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"read_only": True}, "You can't send messages because the room is readonly."),
        ({"archived": True}, "room_is_archived"),
        ({"type": "p", "members": []}, "error-not-allowed"),
    ],
)
def test_a_room_closed_to_the_account_refuses_the_message(server, api, endpoint, options, error):
    room_id = server.add_room("closed", **options)
    body = {"roomId": room_id, "text": "hi"}
    if endpoint == "chat.sendMessage":
        body = {"message": {"rid": room_id, "msg": "hi"}}

    assert refused(api.post(endpoint, body)) == error


def test_the_right_to_post_in_read_only_rooms_opens_them(server, api):
    server.permissions.add("post-readonly")
    room_id = server.add_room("closed", read_only=True)

    assert api.post("chat.postMessage", {"roomId": room_id, "text": "hi"}).status_code == 200


def test_a_message_may_be_sent_under_an_id_of_the_callers_choice(server, api, room):
    answer = api.post(
        "chat.sendMessage", {"message": {"_id": "run-1", "rid": room, "msg": "hi"}, "previewUrls": []}
    )

    assert answer.json()["message"] == server.messages(room)[0]
    assert server.messages("general")[0]["_id"] == "run-1"


def test_a_repeated_id_inserts_nothing_and_the_endpoint_stumbles(server, api, room):
    message = {"message": {"_id": "run-1", "rid": room, "msg": "hi"}}
    api.post("chat.sendMessage", message)

    assert "undefined" in refused(api.post("chat.sendMessage", message))
    assert len(server.messages(room)) == 1


def test_a_repeated_id_may_also_be_a_success_without_a_message(server, api, room):
    server.settings.repeated_id = "success"
    message = {"message": {"_id": "run-1", "rid": room, "msg": "hi"}}
    api.post("chat.sendMessage", message)

    assert api.post("chat.sendMessage", message).json() == {"success": True}
    assert len(server.messages(room)) == 1


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"message": {"msg": "hi"}}, "The 'rid' property on the message object is missing."),
        ({"message": {"rid": "nothing", "msg": "hi"}}, "error-invalid-room"),
        (
            {"message": {"rid": "r", "msg": "hi", "t": "uj"}},
            "Cannot send system messages using 'chat.sendMessage'",
        ),
        (
            {"message": {"rid": "r", "msg": "hi", "tshow": True}},
            "tshow provided but missing tmid [invalid-params]",
        ),
        (
            {"message": {"rid": "r", "msg": "x" * 5001}},
            "Message size exceeds Message_MaxAllowedSize [error-message-size-exceeded]",
        ),
        (
            {"message": {"rid": "r", "attachments": [{"fields": [{}]}]}},
            "Invalid attachment field, title and value is required",
        ),
        ({}, "must have required property 'message' [error-invalid-params]"),
        ({"message": {"rid": 5}}, "must have the right type: rid [error-invalid-params]"),
        ({"message": {"rid": "r"}, "more": 1}, "must NOT have additional properties [error-invalid-params]"),
    ],
)
def test_a_message_that_cannot_be_sent_is_a_400_with_its_reason(server, api, body, error):
    server.add_room("general", id="r")

    assert refused(api.post("chat.sendMessage", body)) == error
    assert server.messages("r") == []


def sent(api, **message):
    return api.post("chat.sendMessage", {"message": {"msg": "hi", **message}})


def test_a_message_in_a_thread_names_the_one_that_begins_it(server, api, room):
    sent(api, _id="head", rid=room)

    sent(api, _id="part", rid=room, tmid="head")

    assert [message.get("tmid") for message in server.messages(room)] == [None, "head"]


@pytest.mark.parametrize("thread", ["nothing", "elsewhere", "part"])
def test_a_thread_begins_with_a_message_of_the_same_room_that_is_in_none(server, api, room, thread):
    """The server itself takes such a message, and then nobody finds it."""
    sent(api, _id="elsewhere", rid=server.add_room("other"))
    sent(api, _id="head", rid=room)
    sent(api, _id="part", rid=room, tmid="head")

    assert "error-invalid-thread" in refused(sent(api, rid=room, tmid=thread))
    assert len(server.messages(room)) == 2


def test_a_server_may_have_no_threads(server, api, room):
    server.settings.threads_enabled = False
    sent(api, _id="head", rid=room)

    assert refused(sent(api, rid=room, tmid="head")) == "not-allowed [error-not-allowed]"


def test_a_stored_message_lists_whom_it_mentions(server, api, room):
    ana = server.add_user("ana")
    api.post("chat.postMessage", {"roomId": room, "text": "@ana and @all"})

    mentioned = server.messages(room)[0]["mentions"]

    assert mentioned == [{"_id": ana, "username": "ana"}, {"_id": "all", "username": "all"}]
