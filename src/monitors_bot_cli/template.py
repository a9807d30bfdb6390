"""What the template says about its parameters, so that a wrong value is refused before it is deployed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from monitors_bot_cli.rules import Rule, read_rules

LONGEST_VALUE_BYTES = 4096
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""

LIST = "CommaDelimitedList"
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


class CloudFormationLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads !Ref, !GetAtt and their like as the long forms."""


def _long_form(loader: CloudFormationLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    key = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    if isinstance(node, yaml.SequenceNode):
        return {key: loader.construct_sequence(node, deep=True)}
    return {key: node.value}


CloudFormationLoader.add_multi_constructor("!", _long_form)


@dataclass(frozen=True)
class Parameter:
    """A parameter of the stack, with what CloudFormation demands of its value."""

    name: str
    declared: Mapping[str, Any]

    @property
    def description(self) -> str:
        return str(self.declared.get("Description", ""))

    @property
    def constraint(self) -> str:
        """What the value must be, in words that follow the parameter's name; empty where nothing is said."""
        if allowed := self.declared.get("AllowedValues"):
            return f"must be one of {', '.join(map(str, allowed))}"
        if said := self.declared.get("ConstraintDescription"):
            return str(said)
        pattern = self.declared.get("AllowedPattern")
        return f"must match {pattern}" if pattern else ""

    @property
    def default(self) -> str | None:
        return text_of(self.declared["Default"]) if "Default" in self.declared else None

    @property
    def is_number(self) -> bool:
        return bool(self.declared["Type"] == "Number")

    @property
    def is_list(self) -> bool:
        return bool(self.declared["Type"] == LIST)

    def complaints(self, value: str) -> Iterator[str]:
        """Say what is wrong with a value, in words that follow the parameter's name."""
        if len(value.encode()) > LONGEST_VALUE_BYTES:
            yield f"is longer than {LONGEST_VALUE_BYTES} bytes"
        if self.is_number:
            yield from self._complaints_of_number(value)
        if not self._is_allowed(value):
            yield self.constraint
        least, most = self.declared.get("MinLength", 0), self.declared.get("MaxLength", LONGEST_VALUE_BYTES)
        if not int(least) <= len(value) <= int(most):
            yield f"must have {least} to {most} characters"

    def _complaints_of_number(self, value: str) -> Iterator[str]:
        if not NUMBER.fullmatch(value):
            yield "must be a number"
            return
        least, most = self.declared.get("MinValue"), self.declared.get("MaxValue")
        if (least is not None and float(value) < float(least)) or (
            most is not None and float(value) > float(most)
        ):
            yield f"must be {least} to {most}"

    def _is_allowed(self, value: str) -> bool:
        """A pattern must match the whole value; that of a list, each of its members.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
        """
        allowed, pattern = self.declared.get("AllowedValues"), self.declared.get("AllowedPattern")
        members = value.split(",") if self.is_list else [value]
        return (not allowed or value in map(text_of, allowed)) and (
            not pattern or all(re.fullmatch(pattern, member) for member in members)
        )


def text_of(written: object) -> str:
    """Put a value into the form in which CloudFormation takes every value: text.

    `ValueError` says what it must be instead.
    """
    if isinstance(written, bool):
        return str(written).lower()
    if isinstance(written, str | int | float):
        return str(written)
    raise ValueError("must be a text in quotation marks, a number, true or false")


@dataclass(frozen=True)
class Template:
    """The parameters and rules of a template."""

    parameters: Mapping[str, Parameter]
    rules: tuple[Rule, ...]

    def broken_rules(self, values: Mapping[str, str]) -> list[str]:
        """Return what CloudFormation would say about a combination of values; all parameters need one."""
        seen = {
            name: values[name].split(",") if parameter.is_list else values[name]
            for name, parameter in self.parameters.items()
        }
        return [sentence for rule in self.rules for sentence in rule.broken_by(seen)]


def read_template(path: Path) -> Template:
    text = path.read_text(encoding="utf-8")
    read = yaml.load(text, Loader=CloudFormationLoader)  # noqa: S506 - a SafeLoader that knows !Ref
    parameters = {name: Parameter(name, told) for name, told in read["Parameters"].items()}
    return Template(parameters, read_rules(read.get("Rules", {})))
