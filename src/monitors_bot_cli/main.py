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
