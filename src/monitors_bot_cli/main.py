"""`monitors-bot`: sets up a deployed bot, checks it, and asks it questions from a terminal.

Each command's module is imported only when it runs, so that `--help` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from monitors_bot import __version__
from monitors_bot.errors import MonitorsBotError
from monitors_bot_cli.problems import FOUND, Stopped, sentence

app = typer.Typer(
    name="monitors-bot",
    help="Set up a deployed monitors-bot, check it, and ask it questions.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # it would print the values of variables, and some of them are secret
    add_completion=False,
)

Environment = Annotated[
    str,
    typer.Option("--env", "-e", envvar="SAM_ENV", help="Which settings file names the stack: dev or prod."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]
DEV = "dev"


@app.callback(invoke_without_command=True)
def begin(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,  # noqa: FBT002
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def setup(  # noqa: PLR0913, PLR0917 - its options
    environment: Environment = DEV,
    chats: Annotated[
        list[str] | None, typer.Option("--chat", help="What to connect; may be repeated.")
    ] = None,
    alarm_email: Annotated[str, typer.Option("--alarm-email", help="Where alarms are mailed.")] = "",
    channel: Annotated[str, typer.Option("--channel", help="The channel of Rocket.Chat's webhook.")] = "",
    bot_name: Annotated[str, typer.Option("--bot-name", help="The bot's username.")] = "monitors-bot",
    admin_file: Annotated[
        Path | None,
        typer.Option("--admin-file", help="A file with an admin's user id and token, one a line."),
    ] = None,
    mattermost_file: Annotated[
        Path | None,
        typer.Option("--mattermost-file", help="A file with a personal access token of Mattermost."),
    ] = None,
    teams: Annotated[
        list[str] | None, typer.Option("--team", help="A team of Mattermost; may be repeated.")
    ] = None,
    secrets_file: Annotated[
        Path | None, typer.Option("--secrets-file", help="A JSON file with keys of the secret.")
    ] = None,
    wait: Annotated[
        int, typer.Option("--wait", help="How many seconds to wait for a command; 0 for none.")
    ] = 600,
) -> None:
    """Set up what `make deploy` leaves: the account, the secret, the chats. Again without harm."""
    from monitors_bot_cli.commands import setup as command  # noqa: PLC0415 - only for this command

    answers = command.Answers(
        chats or (),
        alarm_email,
        channel,
        bot_name,
        command.read_admin(admin_file) if admin_file else None,
        command.read_token(mattermost_file) if mattermost_file else "",
        teams or (),
        command.read_given(secrets_file) if secrets_file else {},
        wait,
    )
    raise typer.Exit(command.setup(environment, answers))


@app.command()
def doctor(
    environment: Environment = DEV,
    *,
    as_json: AsJson = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Post nothing: look at rights alone.")] = False,
    admin: Annotated[bool, typer.Option("--admin", help="Also check what only an admin sees.")] = False,
) -> None:
    """Check every link from a chat to the people on a unit, and say what to do about each that is broken."""
    from monitors_bot_cli.commands.doctor import doctor as examine  # noqa: PLC0415 - only for this command

    raise typer.Exit(examine(environment, as_json=as_json, quiet=quiet, as_admin=admin))


@app.command()
def units(
    text: Annotated[list[str] | None, typer.Argument(help="A part of the name.")] = None,
    environment: Environment = DEV,
    *,
    as_json: AsJson = False,
) -> None:
    """List the units, and how many monitors each has."""
    from monitors_bot_cli.commands import ask  # noqa: PLC0415 - only for this command

    raise typer.Exit(ask.units(environment, " ".join(text or ()), as_json=as_json))


@app.command()
def who(
    text: Annotated[list[str], typer.Argument(metavar="UNIT|@USERNAME", help="As in a chat.")],
    environment: Environment = DEV,
    *,
    as_json: AsJson = False,
) -> None:
    """Say who monitors a unit, or which units somebody monitors, as a chat is told."""
    from monitors_bot_cli.commands import ask  # noqa: PLC0415 - only for this command

    raise typer.Exit(ask.who(environment, " ".join(text), as_json=as_json))


@app.command()
def history(
    unit: Annotated[list[str], typer.Argument(help="The unit's name or id.")],
    environment: Environment = DEV,
    since: Annotated[str, typer.Option("--since", help="A time, as in a chat: docs/commands.md")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Say how the monitors of a unit changed."""
    from monitors_bot_cli.commands import ask  # noqa: PLC0415 - only for this command

    raise typer.Exit(ask.history(environment, " ".join(unit), since, as_json=as_json))


@app.command()
def run(
    schedule: Annotated[str, typer.Argument(help="Its name, as `doctor` tells it, such as digest.")],
    environment: Environment = DEV,
    *,
    as_json: AsJson = False,
) -> None:
    """Begin a run of a schedule now."""
    from monitors_bot_cli.commands import send  # noqa: PLC0415 - only for this command

    raise typer.Exit(send.run(environment, schedule, as_json=as_json))


@app.command()
def page(
    unit: Annotated[str, typer.Argument(help="The unit's name or id.")],
    message: Annotated[str, typer.Argument(help="What its monitors are to read.")],
    environment: Environment = DEV,
    channel: Annotated[str, typer.Option("--channel", help="Where; NotifyChannel if left out.")] = "",
    mention: Annotated[str, typer.Option("--mention", help="online, all or none.")] = "online",
    *,
    as_json: AsJson = False,
) -> None:
    """Call the people on a unit, as a monitoring system would."""
    from monitors_bot_cli.commands import send  # noqa: PLC0415 - only for this command

    asked = {"unit": unit, "message": message, "channel": channel, "mention": mention}
    raise typer.Exit(send.page(environment, asked, as_json=as_json))


@app.command()
def invoke(
    file: Annotated[Path, typer.Argument(help="A sample, such as events/chat-slack-list.json.")],
    environment: Environment = DEV,
    *,
    as_json: AsJson = False,
) -> None:
    """Send a sample to the deployed function that it is for; it has the effects of a real one."""
    from monitors_bot_cli.commands import send  # noqa: PLC0415 - only for this command

    raise typer.Exit(send.invoke(environment, file, as_json=as_json))


secret = typer.Typer(no_args_is_help=True, help="Read and change the secret, one key at a time.")
app.add_typer(secret, name="secret")
KeyName = Annotated[str, typer.Argument(metavar="KEY", help="Which key: docs/secret.md lists them.")]
ValueFile = Annotated[
    Path | None, typer.Option("--file", help="Read the value from this file, which nobody else may read.")
]


@secret.command("get")
def secret_get(
    key: Annotated[
        str, typer.Argument(metavar="[KEY]", help="Which key; all of them if it is left out.")
    ] = "",
    environment: Environment = DEV,
    *,
    show: Annotated[bool, typer.Option("--show", help="Print the value.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say which keys are set, without their values."""
    from monitors_bot_cli.commands import secret as command  # noqa: PLC0415 - only for this command

    raise typer.Exit(command.get(environment, key, show=show, as_json=as_json))


@secret.command("set")
def secret_set(key: KeyName, environment: Environment = DEV, file: ValueFile = None) -> None:
    """Store a value: it is asked for without showing it, or read from standard input or a file."""
    from monitors_bot_cli.commands import secret as command  # noqa: PLC0415 - only for this command

    raise typer.Exit(command.put(environment, key, file))


@secret.command("unset")
def secret_unset(key: KeyName, environment: Environment = DEV) -> None:
    """Take a key out of the secret."""
    from monitors_bot_cli.commands import secret as command  # noqa: PLC0415 - only for this command

    raise typer.Exit(command.unset(environment, key))


@secret.command("rotate")
def secret_rotate(key: KeyName, environment: Environment = DEV, file: ValueFile = None) -> None:
    """Add a new value for a caller, made here where that is possible; the old one stays valid."""
    from monitors_bot_cli.commands import secret as command  # noqa: PLC0415 - only for this command

    raise typer.Exit(command.rotate(environment, key, file))


@secret.command("retire")
def secret_retire(key: KeyName, environment: Environment = DEV) -> None:
    """Drop all values of a key but the newest."""
    from monitors_bot_cli.commands import secret as command  # noqa: PLC0415 - only for this command

    raise typer.Exit(command.retire(environment, key))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its code: see `problems`; 1 is a finding, or a refusal by the other side."""
    try:
        app(args=arguments)
    except Stopped as stopped:
        print(*stopped.problems, sep="\n", file=sys.stderr)  # noqa: T201 - this is what the operator reads
        return stopped.code
    except MonitorsBotError as error:
        print(sentence(error), file=sys.stderr)  # noqa: T201 - the same
        return FOUND
    except BrokenPipeError:  # whoever reads the output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0
