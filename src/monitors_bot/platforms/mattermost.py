"""Mattermost's slash commands: https://developers.mattermost.com/integrate/slash-commands/custom/"""

import re
from collections.abc import Sequence

from monitors_bot.domain.answers.conversation import Choice, Command, Reply, Table
from monitors_bot.errors import RequestRejected
from monitors_bot.platforms import Patience, any_secret, sends_no_probes, suggests_nothing, to_response_url
from monitors_bot.platforms.fitting import fit_into_one, left_out, not_shown, size
from monitors_bot.platforms.proof import require_any
from monitors_bot.text import with_emoji
from monitors_bot.web import Request, form_fields, text_field

NAME = "mattermost"
PATH = "/mattermost/command"
SECRET_KEY = "mattermost_token"  # noqa: S105 - the name of a key
ANSWERS_TO_URL = IS_PUBLIC = False
NAMES_OF_EMOJI = ("iamcal", "github")
"""Mattermost leaves a typed emoji as it is; its picker writes the name."""
CONTENT_TYPE = "application/x-www-form-urlencoded"
PATIENCE = Patience.SHORT_IF_ANSWERED_LATE
"""Mattermost waits for half a minute, but shows nothing meanwhile: a quick promise is better."""
RESPONSE_URL_VARIABLE = "MATTERMOST_URL"
RESPONSE_URL_DEFAULT = ""
"""There is no common base: each company has its own server."""
TEXT_LIMIT = 16_000
"""Mattermost allows 16,383 characters; the rest is a margin."""
HIDDEN_RESERVE = 400
"""Room for the line that counts what is left out."""

_MARKDOWN = re.compile(r"[\\`*_\[\]<>|#!{}$]")
_LIVE = re.compile(r"@|~|://|:(?=[\w+-]+:)(?!(?<=\d:)\d+:)|&(?=#?\w+;)|\bwww\.")
"""Matches what turns the text after it into a mention, a channel, a link, an emoji or an entity."""
_LINE_BREAK = "\u2424"
"""A visible symbol at which the web client's Markdown begins a new line, and so a new row of a table."""

is_probe = sends_no_probes
suggested_for = suggests_nothing
can_work = any_secret
late_address = to_response_url


def verify(request: Request, secrets: Sequence[str], now: float) -> None:  # noqa: ARG001 - nothing is dated
    """Reject a request without the command's token in its form, or with a wrong token in its header."""
    require_any(form_fields(request.body).get("token"), secrets)
    header = request.headers.get("authorization", "")
    if "," in header:  # API Gateway joins repeated headers with commas
        raise RequestRejected("the header Authorization is repeated")
    scheme, _, token = header.partition(" ")
    # With an outgoing OAuth connection, the header has another system's token under another scheme.
    if scheme.lower() == "token":
        require_any(token, secrets)


def read_command(request: Request) -> Command:
    fields = form_fields(request.body)
    return Command(
        word=text_field(fields, "command"),
        text=with_emoji(text_field(fields, "text"), *NAMES_OF_EMOJI),
        user_id=fields.get("user_id", ""),
        user_name=fields.get("user_name", ""),
        response_url=fields.get("response_url", ""),
        room_id=fields.get("channel_id", ""),
        team_id=fields.get("team_id", ""),
    )


def render_reply(reply: Reply, command: Command) -> dict[str, object]:  # noqa: ARG001 - other platforms need it
    return {
        "response_type": "in_channel" if reply.shared else "ephemeral",
        "skip_slack_parsing": True,
        "text": _text(reply),
    }


def _text(reply: Reply) -> str:
    before = [f"**{_escape(reply.title)}**", *(_escape(detail) for detail in reply.details)]
    after = [f"*{_escape(reply.source)}*"] if reply.source else []
    head, rows = _table_lines(reply.table)
    choices = [f"- {_choice(choice)}" for choice in reply.choices]
    room = TEXT_LIMIT - HIDDEN_RESERVE - sum(size(line) + 2 for line in (*before, *after, *head))
    shown = fit_into_one([*rows, *choices], room)
    hidden = left_out(reply.hidden, not_shown(rows, choices, len(shown)), _choice)
    table = [*head, *shown[: len(rows)]]
    blocks = ["\n".join(lines) for lines in (table, shown[len(rows) :]) if lines]
    return "\n\n".join([*before, *blocks, *hidden, *after])


def _table_lines(table: Table | None) -> tuple[list[str], list[str]]:
    """Return the head and the rows of a Markdown table, without the columns that are empty in every row."""
    if not table or not table.rows:
        return [], []
    filled = [place for place in range(len(table.columns)) if any(row[place] for row in table.rows)]
    head = [_line([table.columns[place] for place in filled]), "|" + ":--|" * len(filled)]
    return head, [_line([_escape(row[place]) for place in filled]) for row in table.rows]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _choice(choice: Choice) -> str:
    code = choice.command.replace("`", "'").replace("@", "@\u200b").replace(_LINE_BREAK, " ")
    return f"{_escape(f'{choice.label}:')} `{code}`"


def _escape(text: str) -> str:
    """Escape foreign text, so that it mentions nobody and formats nothing."""
    return _LIVE.sub("\\g<0>\u200b", _MARKDOWN.sub(r"\\\g<0>", text.replace(_LINE_BREAK, " ")))
