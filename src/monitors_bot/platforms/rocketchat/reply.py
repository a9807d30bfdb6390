"""Replies to a webhook: a text and an attachment, which everybody in the room reads."""

from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.platforms.fitting import fit, left_out, size
from monitors_bot.platforms.rocketchat.markdown import (
    HIDDEN_RESERVE,
    TEXT_LIMIT,
    bold,
    escape,
    row,
    write_choice,
)


def render_reply(reply: Reply, command: Command) -> dict[str, object]:
    """Answer with a text and an attachment; whoever reads the room reads it."""
    before = [bold(reply.title), *(escape(detail) for detail in reply.details)]
    after = [f"_{escape(reply.source)}_"] if reply.source else []
    rows = [row(cells) for cells in reply.table.rows] if reply.table else []
    choices = [f"• {write_choice(choice)}" for choice in reply.choices]
    room = TEXT_LIMIT - HIDDEN_RESERVE - sum(size(line) + 1 for line in (*before, *after))
    shown = (fit([*rows, *choices], room) or [[]])[0]
    hidden = left_out(reply.hidden, max(0, len(rows or choices) - len(shown)), write_choice)
    text = "\n".join(before)
    body = "\n".join((*shown, *hidden, *after))
    guard = "\u200b" if command.word and text.startswith(command.word) else ""
    return {"text": guard + text, **({"attachments": [{"text": body}]} if body else {})}
