"""`monitors-bot`: sets up a deployed bot, checks it, and asks it questions from a terminal.

Each command's module is imported only when it runs, so that `--help` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from monitors_bot import __version__
from monitors_bot_cli.problems import Stopped

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its code: see `problems`; 1 is a finding, or a refusal by the other side."""
    try:
        app(args=arguments)
    except Stopped as stopped:
        print(*stopped.problems, sep="\n", file=sys.stderr)  # noqa: T201 - this is what the operator reads
        return stopped.code
    except BrokenPipeError:  # whoever reads the output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0
