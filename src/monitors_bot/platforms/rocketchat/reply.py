"""Replies as Rocket.Chat messages, which everybody in the room can read."""

from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.platforms.fitting import fit_into_one, left_out, not_shown, size
from monitors_bot.platforms.rocketchat.markdown import (
    GAP,
    HIDDEN_RESERVE,
    TEXT_LIMIT,
    bold,
    escape,
    italic,
    message,
    row,
    write_choice,
)


def render_reply(reply: Reply, command: Command) -> dict[str, object]:
    head = [bold(reply.title), *map(escape, reply.details)]
    source = [italic(reply.source)] if reply.source else []
    rows = [row(cells) for cells in reply.table.rows] if reply.table else []
    choices = [f"• {write_choice(choice)}" for choice in reply.choices]
    room = TEXT_LIMIT - HIDDEN_RESERVE - sum(size(line) + GAP for line in (*head, *source))
    shown = fit_into_one([*rows, *choices], room, gap=GAP)
    hidden = left_out(reply.hidden, not_shown(rows, choices, len(shown)), write_choice)
    if command.word and "\n".join(head).startswith(command.word):
        # A message that begins with the trigger word would trigger the webhook again.
        head[0] = f"\u200b{head[0]}"
    # Without it the server would show the reply to the whole room.
    thread = {"tmid": command.thread_id} if command.thread_id else {}
    return {**message(head, [*shown, *hidden, *source]), **thread}
