"""What is pressed below a reply in Slack: https://docs.slack.dev/interactivity/handling-user-interaction"""

import json
from collections.abc import Mapping

from monitors_bot.domain.answers.conversation import Command
from monitors_bot.errors import RequestMalformed
from monitors_bot.platforms import (
    Patience,
    any_secret,
    sends_no_probes,
    slack,
    suggests_nothing,
    to_response_url,
)
from monitors_bot.platforms.slack_buttons import ACTIONS, REFRESH, SHOW, Origin, origin_of
from monitors_bot.web import Request, form_fields, text_field

NAME = slack.NAME
PATH = "/slack/interactivity"
SECRET_KEY = slack.SECRET_KEY
ANSWERS_TO_URL = True
IS_PUBLIC = False
CONTENT_TYPE = slack.CONTENT_TYPE
PATIENCE = Patience.SHORT
RESPONSE_URL_VARIABLE = slack.RESPONSE_URL_VARIABLE
RESPONSE_URL_DEFAULT = slack.RESPONSE_URL_DEFAULT

is_probe = sends_no_probes
suggested_for = suggests_nothing
can_work = any_secret
verify = slack.verify
render_reply = slack.render_reply
late_address = to_response_url


def read_command(request: Request) -> Command | None:
    """Read what was pressed as the command that it stands for; None if it is not ours, or stands for none.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    payload = _payload(request)
    if text_field(payload, "type") != "block_actions":
        return None
    action = _first(payload.get("actions"))
    origin = origin_of(_text(action, "block_id"))
    text = _text(action, "value") or _text(_object(action, "selected_option"), "value")
    if not origin or _text(action, "action_id") not in ACTIONS or not text:
        return None
    return _command(payload, action, origin, text)


def _command(
    payload: Mapping[str, object], action: Mapping[str, object], origin: Origin, text: str
) -> Command:
    user = _object(payload, "user")
    response_url = text_field(payload, "response_url")
    is_refresh = _text(action, "action_id") == REFRESH
    return Command(
        word=origin.word,
        text=text,
        user_id=_text(user, "id"),
        user_name=_text(user, "username"),
        message_id=response_url,  # each press has its own
        response_url=response_url,
        room_id=_text(_object(payload, "channel"), "id"),
        team_id=origin.team_id,
        is_from_another_team=_teams(payload) != {origin.team_id},
        share=_text(action, "action_id") == SHOW,
        # Others may be reading a message of the channel.
        replaces_original=is_refresh and _object(payload, "container").get("is_ephemeral") is True,
    )


def _teams(payload: Mapping[str, object]) -> set[str]:
    """The workspaces that the payload names: where it was pressed, and that of the person.

    The first is missing where the app is installed in a whole organization.
    """
    ids = (_text(_object(payload, "team"), "id"), _text(_object(payload, "user"), "team_id"))
    return set(filter(None, ids))


def _payload(request: Request) -> Mapping[str, object]:
    text = text_field(form_fields(request.body), "payload")
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestMalformed("the field payload is not JSON") from error
    if not isinstance(payload, dict):
        raise RequestMalformed("the field payload is not a JSON object")
    return payload


def _first(values: object) -> Mapping[str, object]:
    first = values[0] if isinstance(values, list) and values else {}
    return first if isinstance(first, dict) else {}


def _object(fields: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = fields.get(name)
    return value if isinstance(value, dict) else {}


def _text(fields: Mapping[str, object], name: str) -> str:
    """Return an optional text; raise RequestMalformed for one that can't be encoded again."""
    return text_field(fields, name) if isinstance(fields.get(name), str) else ""
