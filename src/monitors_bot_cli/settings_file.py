"""The file in which an environment's settings are kept: `settings/prod.toml` for the environment `prod`.

To change a setting is to read the file, change the keys that are meant, and save it: comments, order and all
other keys stay as they are.
"""

import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError, TOMLKitError
from tomlkit.items import String

from monitors_bot_cli.problems import Stopped
from monitors_bot_cli.template import Parameter, Template, text_of

FOLDER = Path("settings")
ENVIRONMENT = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII)
STACK_KEYS = {
    "environment": "the environment that this file is for, as in the file's name",
    "name": "the name of the stack",
    "region": "the AWS region that the stack is in, such as eu-central-1",
    "account": "the AWS account that the stack is in",
}
HEADER = """\
`make deploy SAM_ENV={environment}` deploys these settings, and asks for those that are missing.
What they mean: docs/settings.md. Tokens and signing secrets do not belong here: docs/secret.md."""


def path_of(environment: str) -> Path:
    if not ENVIRONMENT.fullmatch(environment):
        raise Stopped(
            f"{environment!r} can't name an environment: use lower-case letters, digits and hyphens."
        )
    return FOLDER / f"{environment}.toml"


class SettingsFile:
    """A settings file as it is on the disk, until `save` writes what was changed."""

    def __init__(self, path: Path, document: tomlkit.TOMLDocument) -> None:
        self.path = path
        self._document = document
        self._read = document.as_string()

    @classmethod
    def read(cls, path: Path) -> "SettingsFile":
        """Read a file, or begin one that does not exist. Raises Stopped."""
        try:
            return cls(path, tomlkit.parse(path.read_bytes().decode("utf-8-sig")))
        except FileNotFoundError:
            return cls(path, tomlkit.document())
        except ParseError as error:
            raise Stopped(f"{path} is no TOML, or only half of it: {error}.") from error
        except TOMLKitError as error:
            raise Stopped(f"{path} is no TOML: {error}.") from error
        except UnicodeDecodeError as error:
            raise Stopped(f"{path} is not in UTF-8.") from error
        except OSError as error:
            raise Stopped(f"{path} can't be read: {error.strerror}.") from error

    @property
    def is_new(self) -> bool:
        return not self._read

    @property
    def stack(self) -> Mapping[str, str]:
        """Which stack the settings are for: those of STACK_KEYS that are told."""
        return {key: str(value) for key, value in self._table("stack").items()}

    @property
    def parameters(self) -> Mapping[str, str]:
        """The values of the parameters, as CloudFormation takes them. Fails for some `problems`."""
        return {name: text_of(value) for name, value in self._table("parameters").items()}

    def problems(self, template: Template) -> Iterator[str]:
        """Say what is wrong with the file itself; that something is missing is no problem."""
        whole = self._document.unwrap()
        for name in whole.keys() - {"stack", "parameters"}:
            yield f"{self.path}: there is no place for {name} outside [stack] and [parameters]."
        for name in whole.keys() & {"stack", "parameters"}:
            if not isinstance(whole[name], dict):
                yield f"{self.path}: {name} must be a table that begins with [{name}]."
                return
        yield from self._problems_of_stack(self._table("stack"))
        yield from self._problems_of_parameters(self._table("parameters"), template)

    def _problems_of_stack(self, stack: Mapping[str, Any]) -> Iterator[str]:
        for key, value in stack.items():
            if key not in STACK_KEYS:
                yield f"{self.path}: [stack] has {key}, which nobody knows.{_hint(key, STACK_KEYS)}"
            elif not isinstance(value, str) or not value:
                yield f"{self.path}: {key} in [stack] must be {STACK_KEYS[key]}, in quotation marks."
        told = stack.get("environment", self.path.stem)
        if told != self.path.stem:
            yield (
                f"{self.path} is for the environment {told}, not {self.path.stem}. If you copied the file, "
                "correct environment, name, region and account in [stack]: it would change the other stack."
            )

    def _problems_of_parameters(self, written: Mapping[str, Any], template: Template) -> Iterator[str]:
        for name, value in written.items():
            parameter = template.parameters.get(name)
            if parameter is None:
                hint = _hint(name, template.parameters) or " If an older version had it, delete the line."
                yield f"{self.path}: {name} is no setting of this version.{hint}"
                continue
            try:
                complaints = list(parameter.complaints(text_of(value)))
            except ValueError as error:
                complaints = [str(error)]
            yield from (f"{self.path}: {name} {complaint}." for complaint in complaints)

    def describe_stack(self, **told: str) -> None:
        """Set keys of [stack]."""
        table = self._begun_table("stack")
        for key, value in told.items():
            if table.get(key) != value:
                table[key] = _string(value)

    def change(self, parameter: Parameter, value: str) -> None:
        """Set one parameter; a new one comes with its description as a comment."""
        table = self._begun_table("parameters")
        if parameter.name not in table:
            table.add(tomlkit.comment(parameter.description))
        elif text_of(table[parameter.name]) == value:
            return
        is_whole_number = parameter.is_number and WHOLE_NUMBER.fullmatch(value)
        table[parameter.name] = int(value) if is_whole_number else _string(value)

    def save(self) -> bool:
        """Write what was changed, whole or not at all; say whether anything was. Raises Stopped."""
        text = self._document.as_string()
        if text == self._read:
            return False
        try:
            _replace(self.path, text)
        except OSError as error:
            raise Stopped(f"{self.path} can't be written: {error.strerror}.") from error
        self._read = text
        return True

    def _table(self, name: str) -> dict[str, Any]:
        table = self._document.unwrap().get(name, {})
        return table if isinstance(table, dict) else {}

    def _begun_table(self, name: str) -> Any:
        if self.is_new and not self._document.body:
            for line in HEADER.format(environment=self.path.stem).splitlines():
                self._document.add(tomlkit.comment(line))
        if name not in self._document:
            self._document.add(tomlkit.nl())
            self._document.add(name, tomlkit.table())
        return self._document[name]


def _hint(name: str, known: Mapping[str, object]) -> str:
    """Name the known key that a wrong one resembles, whatever its case."""
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.75)
    return f" Did you mean {folded[close[0]]}?" if close else ""


def _string(value: str) -> String:
    """Write a text in the quotes in which it stays legible: a JSON list is full of double ones."""
    is_literal = '"' in value and "'" not in value and value.isprintable()
    return tomlkit.string(value, literal=is_literal)


def _replace(path: Path, text: str) -> None:
    target = path.resolve()  # what a symbolic link leads to is the file
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, name)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
