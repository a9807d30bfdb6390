"""What Slack sends when somebody presses a button below a message, or chooses from its menu.

https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
"""

from collections.abc import Mapping
from typing import Any

TEAM = "T0001"
KIM, LEE = "U2147483697", "U2147483698"


def elements_of(message: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What can be pressed below a message, by what stands on it."""
    found = [one for block in message["blocks"] if block["type"] == "actions" for one in block["elements"]]
    return {(one.get("text") or one["placeholder"])["text"]: one for one in found}


def options_of(message: Mapping[str, Any]) -> list[str]:
    """What the menu below a message offers."""
    return [option["text"]["text"] for option in elements_of(message)["Choose one"]["options"]]


def press_of(
    message: Mapping[str, Any],
    label: str,
    response_url: str,
    *,
    choose: str = "",
    user: str = KIM,
    team: str | None = TEAM,
    team_of_user: str = TEAM,
) -> dict[str, Any]:
    """The payload of a press; an ephemeral message is not in it, one of the channel is."""
    element = elements_of(message)[label]
    [block] = [block for block in message["blocks"] if block["type"] == "actions"]
    is_ephemeral = message["response_type"] == "ephemeral"
    action = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": "1795341600.123456",
        "type": element["type"],
    }
    if element["type"] == "static_select":
        [chosen] = [one for one in element["options"] if one["text"]["text"] == choose]
        action |= {"selected_option": chosen, "placeholder": element["placeholder"]}
    else:
        action |= {"text": element["text"], "value": element["value"]}
    return {
        "type": "block_actions",
        "user": {"id": user, "username": "kim", "name": "kim", "team_id": team_of_user},
        "api_app_id": "A123456",
        "token": "deprecatedVerificationToken",
        "container": {
            "type": "message",
            "message_ts": "1795341590.000100",
            "channel_id": "C2147483705",
            "is_ephemeral": is_ephemeral,
        },
        "trigger_id": "12466734323.1395872398",
        "team": team and {"id": team, "domain": "acme"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "C2147483705", "name": "support"},
        **({} if is_ephemeral else {"message": {"ts": "1795341590.000100", "blocks": message["blocks"]}}),
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [action],
    }
