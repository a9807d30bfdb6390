"""The `Rules` of a template: combinations of parameters that CloudFormation refuses before it begins.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, str | list[str]]


class CannotTell(Exception):
    """A rule uses a function, or a value, that only CloudFormation knows."""


@dataclass(frozen=True)
class Rule:
    """Assertions that have to be true where a condition is."""

    name: str
    condition: Any
    assertions: tuple[Mapping[str, Any], ...]

    def broken_by(self, values: Values) -> Iterator[str]:
        """Return the description of each assertion that is not true; one that can't be told is left out."""
        for assertion in self.assertions:
            try:
                if holds(self.condition, values) and not holds(assertion["Assert"], values):
                    yield str(assertion.get("AssertDescription", f"the rule {self.name} is broken"))
            except CannotTell:
                continue


def read_rules(rules: Mapping[str, Mapping[str, Any]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(name, rule.get("RuleCondition", {"Fn::And": []}), tuple(rule["Assertions"]))
        for name, rule in rules.items()
    )


def holds(expression: Any, values: Values) -> bool:
    """Whether a condition of a rule is true. Raises CannotTell."""
    match expression:
        case {"Fn::Equals": [left, right]}:
            return bool(_value(left, values) == _value(right, values))
        case {"Fn::Not": [one]}:
            return not holds(one, values)
        case {"Fn::And": [*several]}:
            return all(holds(one, values) for one in several)
        case {"Fn::Or": [*several]}:
            return any(holds(one, values) for one in several)
        case _:
            return _holds_for_lists(expression, values)


def _holds_for_lists(expression: Any, values: Values) -> bool:
    match expression:
        case {"Fn::Contains": [members, one]}:
            return any(member == _value(one, values) for member in _value(members, values))
        case {"Fn::EachMemberEquals": [members, one]}:
            return all(member == _value(one, values) for member in _value(members, values))
        case {"Fn::EachMemberIn": [members, allowed]}:
            return set(_value(members, values)) <= set(_value(allowed, values))
        case _:
            raise CannotTell(expression)


def _value(expression: Any, values: Values) -> Any:
    match expression:
        case {"Ref": str(name)} if name in values:
            return values[name]
        case list() | str():
            return expression
        case bool() | int() | float():
            return str(expression).lower()
        case _:
            raise CannotTell(expression)
