"""Slack's slash commands: https://docs.slack.dev/interactivity/implementing-slash-commands"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from monitors_bot.domain.answers.conversation import Choice, Command, Reply
from monitors_bot.errors import ProofWrong, RequestRejected
from monitors_bot.platforms import Patience, any_secret, suggests_nothing, to_response_url
from monitors_bot.platforms.fitting import count, fit, fit_into_one, left_out, not_shown, shorten
from monitors_bot.platforms.slack_buttons import buttons
from monitors_bot.text import with_emoji
from monitors_bot.web import Request, form_fields, text_field

NAME = "slack"
PATH = "/slack/command"
SECRET_KEY = "slack_signing_secret"  # noqa: S105 - the name of a key
ANSWERS_TO_URL = IS_PUBLIC = False
NAMES_OF_EMOJI = ("iamcal",)
"""Whether an emoji is typed, pasted or picked, Slack sends its name."""
CONTENT_TYPE = "application/x-www-form-urlencoded"
PATIENCE = Patience.SHORT
"""Slack gives up after three seconds, even if a late answer can follow."""
RESPONSE_URL_VARIABLE = "SLACK_HOOKS_URL"
RESPONSE_URL_DEFAULT = "https://hooks.slack.com/"
SIGNATURE_LIFETIME = 300
HEADER_LIMIT = 150
"""https://docs.slack.dev/reference/block-kit/blocks/header-block"""
SECTION_LIMIT = 2900
"""Slack allows 3000 characters; the margin is for its own way of counting them.

https://docs.slack.dev/reference/block-kit/blocks/section-block
"""
ROW_SECTIONS = 3
CHOICE_SECTIONS = 3
"""Few, because Slack also limits the text of all blocks together: it refused 11,000 characters.

That limit is undocumented: https://github.com/slackapi/bolt-js/issues/2509
"""

_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
_MENTION = re.compile(r"<(?:@|!subteam)[^<>]*>")
_LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_FORMATTING = re.compile(r"(?<!\w)[*_~`]|:(?=[\w+-]+:)(?!(?<=\d:)\d+:)")
"""What begins bold or the like, or the name of an emoji; the colon in a time begins none."""
_NOT_BOLD = frozenset("*_~`")

Block = dict[str, object]

late_address = to_response_url
suggested_for = suggests_nothing
can_work = any_secret


def verify(request: Request, secrets: Sequence[str], now: float) -> None:
    """Reject a request that Slack did not sign within the last five minutes.

    https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        raise RequestRejected("there is no Slack signature")
    if abs(now - int(timestamp)) > SIGNATURE_LIFETIME:
        raise RequestRejected("the signature is too old, or from the future")
    signed = b"v0:" + timestamp.encode() + b":" + request.body
    expected = ["v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    # A list, not a generator: every secret is compared, so the time taken does not reveal which one matches.
    if not any([hmac.compare_digest(signature, one) for one in expected]):  # noqa: C419 - see above
        raise ProofWrong("the signature is wrong")


def is_probe(request: Request) -> bool:
    """Whether Slack only checks the certificate, which it may do without a signature."""
    if request.method not in {"GET", "POST"}:
        return False
    fields = request.query if request.method == "GET" else request.body.decode("utf-8", "replace")
    if "ssl_check" not in fields:  # so that other requests are not parsed twice
        return False
    try:
        return parse_qs(fields, max_num_fields=100).get("ssl_check") == ["1"]
    except ValueError:  # too many fields
        return False


def read_command(request: Request) -> Command:
    fields = form_fields(request.body)
    text = text_field(fields, "text")
    return Command(
        word=text_field(fields, "command"),
        text=with_emoji(_unescape(text), *NAMES_OF_EMOJI),
        user_id=fields.get("user_id", ""),
        user_name=fields.get("user_name", ""),
        response_url=fields.get("response_url", ""),
        room_id=fields.get("channel_id", ""),
        team_id=fields.get("team_id", ""),
        has_escaped_mention=bool(_MENTION.search(text)),
    )


def render_reply(reply: Reply, command: Command) -> dict[str, object]:
    # Without a word about it, the answer to a press takes the place of the message.
    is_press = command.replaces_original is not None
    return {
        "response_type": "in_channel" if reply.shared else "ephemeral",
        **({"replace_original": command.replaces_original} if is_press else {}),
        "text": _fallback(reply),
        "blocks": [*_blocks(reply), *buttons(reply, command)],
    }


def _fallback(reply: Reply) -> str:
    """Return the text that notifications and screen readers use instead of the blocks."""
    rows = [" · ".join(filter(None, cells)) for cells in reply.table.rows] if reply.table else []
    choices = [f"{choice.label}: {choice.command}" for choice in reply.choices]
    lines = filter(None, (reply.title, *reply.details, *rows, *choices, reply.source))
    return _escape("\n".join(fit_into_one(list(lines), SECTION_LIMIT)))


def _blocks(reply: Reply) -> list[Block]:
    rows = [_row(cells) for cells in reply.table.rows] if reply.table else []
    row_chunks = fit(rows, SECTION_LIMIT, chunks=ROW_SECTIONS)
    choices = [f"• {_choice(choice)}" for choice in reply.choices]
    choice_chunks = fit(choices, SECTION_LIMIT, chunks=CHOICE_SECTIONS)
    cut = not_shown(rows, choices, count(row_chunks if rows else choice_chunks))
    hidden = left_out(reply.hidden, cut, _choice)
    sections = [[*map(_escape, reply.details)], *row_chunks, *choice_chunks, hidden]
    header: Block = {
        "type": "header",
        "text": {"type": "plain_text", "text": shorten(reply.title, HEADER_LIMIT), "emoji": False},
    }
    source: Block = {"type": "context", "elements": [_text(_escape(reply.source))]}
    return [header, *map(_section, filter(None, sections)), *([source] if reply.source else [])]


def _section(lines: Sequence[str]) -> Block:
    return {"type": "section", "text": _text("\n".join(lines))}


def _text(mrkdwn: str) -> dict[str, object]:
    """Return a text object in which Slack turns neither names nor addresses into links."""
    return {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return " · ".join(filter(None, (_bold(first), _escape(" · ".join(filter(None, rest))))))


def _choice(choice: Choice) -> str:
    code = _entities(choice.command).replace("`", "'")
    return f"{_escape(f'{choice.label}:')} `{code}`"


def _bold(text: str) -> str:
    return _escape(text) if _NOT_BOLD.intersection(text) else f"*{_escape(text)}*"


def _escape(text: str) -> str:
    """Escape foreign text, so that it mentions nobody and formats nothing.

    A zero-width space after a marker keeps it from opening any formatting.
    """
    return _FORMATTING.sub("\\g<0>\u200b", _entities(text))


def _entities(text: str) -> str:
    """Escape as described at https://docs.slack.dev/messaging/formatting-message-text#escaping."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescape(text: str) -> str:
    """Undo Slack's links and escaping, to get the text as it was typed."""
    text = _LINK.sub(lambda link: link[2] or link[1], text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
