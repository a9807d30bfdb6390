"""`make demo`: tell every story through the chat function's own door, print it, and check what it says."""

import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import TextIOWrapper
from types import FrameType

from rich.console import Console, Group, RenderableType
from rich.text import Text

from tests.demo import drawing
from tests.demo.calls import CALLS
from tests.demo.stage import Posted, Told, call, stage, tell, tick
from tests.demo.stories import STORIES, WITH_RECORDS, Story
from tests.demo.ticks import CHANNEL, HOUR, TICKS
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient
from tests.fakes.rocketchat import accept_webhook_answer

WIDEST = 100
FAINT = "bright_black"
NAMES = {
    SlackClient: "Slack",
    MattermostClient: "Mattermost",
    RocketChatClient: "Rocket.Chat",
    AppClient: "Rocket.Chat with the app",
}


def main() -> int:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without emoji shows question marks
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST)
    console.print("Starting a local Rocket.Chat and a local AWS ...", style=FAINT)
    failed = 0
    with stage() as here:
        for story in STORIES:
            told = tell(story, here)
            show(told, console)
            failed += bool(told.missing)
        for next_tick in TICKS:
            posted = tick(next_tick, here)
            show_posted(posted, console)
            failed += bool(posted.missing)
        for next_call in CALLS:
            posted = call(next_call, here)
            show_posted(posted, console)
            failed += bool(posted.missing)
        for story in with_records(here.bot.clock()):
            told = tell(story, here)
            show(told, console)
            failed += bool(told.missing)
    return conclude(failed, console)


def with_records(now: float) -> list[Story]:
    """The stories of what was recorded, with the time filled in at which the schedule had just begun."""
    at = datetime.fromtimestamp(now - (len(TICKS) - 1.75) * HOUR, UTC)
    return [replace(story, typed=story.typed.format(then=f"{at:%Y-%m-%d %H:%M}")) for story in WITH_RECORDS]


def show(told: Told, console: Console) -> None:
    story = told.story
    console.print()
    console.rule(Text(f"{NAMES[type(story.client)]}, {_room(story)}", "bold"), align="left", style=FAINT)
    console.print(story.narrator, style=f"italic {FAINT}")
    command = f"{getattr(story.client, 'word', '/monitors')} {story.typed}"
    console.print(Text.assemble(("\n  kim  ", "bold magenta"), command))
    console.print(Text.assemble(("  monitors-bot  ", "bold blue"), (_who_reads(told), FAINT)))
    console.print(drawing.Quoted(_drawn(told), indent=2))
    console.print(f"  {_cost(told)}", style=FAINT)
    if told.followed:
        if story.presses:
            console.print(Text.assemble(("\n  kim  ", "bold magenta"), (f"presses {story.presses}", FAINT)))
        when = "everybody in #support reads this" if story.presses else "later"
        console.print(Text.assemble(("\n  monitors-bot  ", "bold blue"), (when, FAINT)))
        console.print(drawing.Quoted(drawing.drawn_slack(dict(told.followed)), indent=2))
    for sentence in told.missing:
        console.print(f"  This should have been said: {sentence}", style="bold red")


def show_posted(posted: Posted, console: Console) -> None:
    console.print()
    console.rule(Text(f"Rocket.Chat, #{CHANNEL}", "bold"), align="left", style=FAINT)
    console.print(posted.narrator, style=f"italic {FAINT}")
    console.print(
        Text.assemble(("\n  monitors-bot  ", "bold blue"), ("" if posted.messages else "says nothing", FAINT))
    )
    for number, message in enumerate(posted.messages):
        if number:
            console.print()
        console.print(drawing.Quoted(drawing.drawn_rocketchat(message), indent=2))
    for sentence in posted.missing:
        console.print(f"  This should have been posted: {sentence}", style="bold red")


def conclude(failed: int, console: Console) -> int:
    words = f"{failed} not answered as they should be" if failed else "all answered as they should be"
    console.print(
        f"\n{len(STORIES) + len(TICKS) + len(CALLS) + len(WITH_RECORDS)} stories, {words}.",
        style="bold red" if failed else "bold green",
    )
    return 1 if failed else 0


def _room(story: Story) -> str:
    return story.room or (
        "#general" if isinstance(story.client, RocketChatClient | AppClient) else "#support"
    )


def _who_reads(told: Told) -> str:
    if told.is_silent:
        return "says nothing"
    if "items" in told.received.json:
        return "suggests"
    if "ephemeral" in (told.received.json.get("response_type"), told.received.json.get("visibility")):
        return "only kim reads this"
    return f"everybody in {_room(told.story)} reads this"


def _cost(told: Told) -> str:
    milliseconds = f"{told.seconds * 1000:.0f} ms" if told.seconds >= 0.001 else "less than 1 ms"
    return f"{milliseconds}, {told.calls} call{'' if told.calls == 1 else 's'} of Rocket.Chat"


def _drawn(told: Told) -> RenderableType:
    received = told.received
    if isinstance(told.story.client, SlackClient):
        return drawing.drawn_slack(received.json)
    if isinstance(told.story.client, MattermostClient):
        return drawing.drawn_mattermost(received.json)
    if isinstance(told.story.client, AppClient):
        if "items" in received.json:
            return Group(*(item["title"] for item in received.json["items"]))
        return drawing.drawn_rocketchat({**received.json, "msg": received.json["text"]})
    posted = accept_webhook_answer(received.status, received.headers, received.body.encode())
    return drawing.drawn_rocketchat(posted) if posted else Group()


def _stop(number: int, _frame: FrameType | None) -> None:
    """End as after any error, so that nothing is left running."""
    sys.exit(128 + number)


if __name__ == "__main__":
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _stop)
    sys.exit(main())
