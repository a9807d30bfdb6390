"""How a command speaks: in colour to a person, in plain lines to a pipe, as JSON to a program."""

import getpass
import json
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitors_bot_cli.problems import Stopped

NARROWEST = 40


class Terminal:
    """Standard output for results; standard error for what is said on the way to them."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self._out = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        self._err = Console(file=sys.stderr, highlight=False, markup=False, emoji=False)

    @property
    def is_interactive(self) -> bool:
        """Whether a person reads what is said, and can be asked."""
        return sys.stdin.isatty() and self._err.is_terminal

    def say(self, text: str | Text = "", *, style: str = "") -> None:
        """Print a line of the result; with `--json` it is left out."""
        if not self.as_json:
            self._print(self._out, text, style)

    def note(self, text: str | Text, *, style: str = "bright_black") -> None:
        """Print what a person may want to know meanwhile."""
        self._print(self._err, text, style)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print rows: as a table on a terminal, with tabs between the columns in a pipe."""
        if self.as_json:
            return
        if not self._out.is_terminal:
            for row in rows:
                self._out.file.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")
            return
        table = Table(*columns, box=None, padding=(0, 2, 0, 0), header_style="bold")
        for row in rows:
            table.add_row(*map(Text, row))
        self._out.print(table)

    def json(self, value: object) -> None:
        """Print the result as JSON, where that is wanted."""
        if self.as_json:
            sys.stdout.write(f"{json.dumps(value, ensure_ascii=False, indent=2)}\n")

    def ask(self, question: str, default: str = "") -> str:
        """Ask a person. Raises Stopped where there is none."""
        self._require_person(question)
        shown = f"{question} [{default}]: " if default else f"{question}: "
        return input(shown).strip() or default

    def ask_hidden(self, question: str) -> str:
        """Ask for what must not be seen on the screen. Raises Stopped where nobody can be asked."""
        self._require_person(question)
        return getpass.getpass(f"{question}: ").strip()

    def secret_line(self, question: str) -> str:
        """Ask for something secret; where nobody can be asked, read a line of standard input."""
        if self.is_interactive:
            return self.ask_hidden(question)
        if not (line := sys.stdin.readline().strip()):
            raise Stopped(f"{question}: expected as a line of standard input.")
        return line

    def _require_person(self, question: str) -> None:
        if not self.is_interactive:
            raise Stopped(f"Nobody is there to be asked: {question}.")

    @staticmethod
    def _print(console: Console, text: str | Text, style: str) -> None:
        # In a pipe, a line is a line, however long it is.
        console.print(text, style=style or None, soft_wrap=not console.is_terminal)
