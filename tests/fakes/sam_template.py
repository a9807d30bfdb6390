"""The template as it is deployed: short forms written out, and Globals merged into every function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from monitors_bot_cli.template import CloudFormationLoader

STACK_NAME = "monitors-bot"
URL_SUFFIX = "amazonaws.com"


TEMPLATE = yaml.load(Path("template.yaml").read_text(encoding="utf-8"), Loader=CloudFormationLoader)
PARAMETERS: dict[str, dict[str, Any]] = TEMPLATE["Parameters"]
RESOURCES: dict[str, dict[str, Any]] = TEMPLATE["Resources"]


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    return {name: resource for name, resource in RESOURCES.items() if resource["Type"] == kind}


def merged(outer: dict[str, Any], inner: dict[str, Any]) -> dict[str, Any]:
    """Merge as SAM merges Globals into a function."""
    both = {
        key: merged(outer[key], inner[key]) for key in outer if isinstance(outer[key], dict) and key in inner
    }
    return outer | inner | both


DEFAULTS = {name: str(parameter.get("Default", "")) for name, parameter in PARAMETERS.items()}
NOTHING = object()
"""What stands for a property that is left out, as AWS::NoValue does."""


def _holds(condition: str, values: Mapping[str, str]) -> bool:
    return bool(deployed(TEMPLATE["Conditions"][condition], values))


_INTRINSIC: Mapping[str, Callable[..., Any]] = {
    "Fn::Equals": lambda one, other: str(one) == str(other),
    "Fn::And": lambda *every: all(every),
    "Fn::Not": lambda one: not one,
    "Fn::Split": lambda separator, text: text.split(separator),
}


def deployed(written: Any, values: Mapping[str, str]) -> Any:
    """Work out what CloudFormation makes of a part of the template, with these values of parameters.

    It knows the functions that the template's Rules and conditions use; what only AWS knows stays as written.
    """
    match written:
        case {"Ref": "AWS::NoValue"}:
            return NOTHING
        case {"Ref": name} if name in PARAMETERS:
            return {**DEFAULTS, **values}[name]
        case {"Fn::If": [condition, then, otherwise]}:
            return deployed(then if _holds(condition, values) else otherwise, values)
        case list():
            return [one for each in written if (one := deployed(each, values)) is not NOTHING]
        case dict():
            return _worked_out(written, values)
    return written


def _worked_out(written: Mapping[str, Any], values: Mapping[str, str]) -> Any:
    if written.keys() == {"Condition"}:
        return _holds(written["Condition"], values)
    inner = {key: deployed(value, values) for key, value in written.items()}
    for name, function in _INTRINSIC.items():
        if name in inner:
            return function(*inner[name])
    return {key: value for key, value in inner.items() if value is not NOTHING}


def refusals(values: Mapping[str, str]) -> list[str]:
    """Say why CloudFormation refuses these values of parameters; empty if it does not."""
    return [
        assertion["AssertDescription"]
        for rule in TEMPLATE["Rules"].values()
        if deployed(rule["RuleCondition"], values)
        for assertion in rule["Assertions"]
        if not deployed(assertion["Assert"], values)
    ]


FUNCTIONS = {
    name: merged(TEMPLATE["Globals"]["Function"], resource["Properties"])
    for name, resource in of_type("AWS::Serverless::Function").items()
}


@dataclass(frozen=True)
class Function:
    """What Lambda has to know to run a function."""

    handler: str
    timeout_seconds: float
    memory_mb: int
    variables: Mapping[str, str]


def function(name: str, values: Mapping[str, str]) -> Function:
    """Read a function of the template; `values` fill in what only a deployed stack knows.

    The function gets the variables that the template names, and none that it does not.
    """
    told = FUNCTIONS[name]
    variables = {
        variable: values[variable] if variable in values else _value(variable, written)
        for variable, written in told["Environment"]["Variables"].items()
    }
    return Function(told["Handler"], told["Timeout"], told["MemorySize"], variables)


def _value(variable: str, written: Any) -> str:
    """A text, the name of the stack, the domain of AWS, or the default of a parameter."""
    if not isinstance(written, dict):
        return str(written)
    defaults = {name: parameter.get("Default") for name, parameter in PARAMETERS.items()}
    known = {**defaults, "AWS::StackName": STACK_NAME, "AWS::URLSuffix": URL_SUFFIX}
    value = known.get(written.get("Ref", ""))
    if value is None:
        raise LookupError(f"only a deployed stack knows {variable}: give it a value")
    return str(value)
