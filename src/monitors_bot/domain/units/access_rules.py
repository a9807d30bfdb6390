"""The access rules: who may see which units, and what they may ask. docs/access.md has them with examples.

What can't be read closes what it was to close: a rule whose people can be read grants them nothing, and all
else grants nobody anything.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from monitors_bot.domain.units.access import Asker
from monitors_bot.domain.units.finding import fold
from monitors_bot.domain.units.roster import Unit

EVERY = "*"
FEATURES = ("now", "check", "history", "share")
"""What may be allowed besides asking for units."""
_OF_A_RULE = ("platform", "teams", "channels", "users", "units", "except", "allow")
_OF_ALL = ("rules", "never", "hide_private")


@dataclass(frozen=True, slots=True)
class Rule:
    """What some people may see and ask; an empty condition fits everybody.

    Units are named by their ids or folded names; `*` is every unit.
    """

    platform: str = ""
    teams: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset({EVERY})
    exceptions: frozenset[str] = frozenset()
    allow: frozenset[str] = frozenset(FEATURES)
    is_closed: bool = False
    """Whether it grants nothing, because what it grants can't be read."""

    def fits(self, asker: Asker) -> bool:
        # A platform may have several ways in: `x-app` belongs to `x`.
        platforms = (asker.platform, asker.platform.partition("-")[0])
        return (
            (not self.platform or self.platform in platforms)
            and (not self.teams or asker.team_id in self.teams)
            and (not self.channels or asker.room_id in self.channels)
            and (not self.users or asker.user_id in self.users)
        )

    def lists(self, unit: Unit) -> bool:
        """Whether it names the unit, and not only every unit."""
        return _is_among(unit, self.units)

    def shows(self, unit: Unit) -> bool:
        return (EVERY in self.units or self.lists(unit)) and not _is_among(unit, self.exceptions)


EVERYTHING = Rule()
NOBODYS = Rule(units=frozenset(), allow=frozenset())
"""What may be seen where no rule fits."""
MOST_REMEMBERED = 1000
"""How many people's rules are remembered: a list of units asks for the same one thousands of times."""


@dataclass(frozen=True)
class AccessRules:
    """All rules: the first that fits decides. Where there are rules and none fits, nothing may be seen."""

    rules: tuple[Rule, ...] | None = None
    never: frozenset[str] = frozenset()
    hides_private: bool = False
    problems: tuple[str, ...] = ()
    """What can't be read, in places such as `rule 2: units`, never in values."""
    is_closed: bool = False
    """Whether nobody may see anything, because nobody knows who may."""
    _found: dict[Asker, Rule] = field(default_factory=dict, compare=False, repr=False)

    def __call__(self, asker: Asker, unit: Unit) -> bool:
        """Whether somebody may see a unit."""
        rule = self.rule_of(asker)
        if self.is_closed or _is_among(unit, self.never) or not rule.shows(unit):
            return False
        may_be_private = self.hides_private and unit.is_private is not False
        # Nobody knows whether a unit without a name is one of those that are hidden by name.
        may_be_hidden = not unit.name and bool(self.never or rule.exceptions)
        return rule.lists(unit) or not (may_be_private or may_be_hidden)

    def allows(self, asker: Asker, feature: str) -> bool:
        """Whether somebody may use a feature; they may share only what everybody in the channel may see."""
        rule = self.rule_of(asker)
        if feature == "share" and self.rule_of(asker._replace(user_id="")) is not rule:
            return False
        return not self.is_closed and feature in rule.allow

    def is_closed_to(self, asker: Asker) -> bool:
        """Whether it is by a mistake in the rules that somebody may see nothing."""
        return self.is_closed or self.rule_of(asker).is_closed

    def rule_of(self, asker: Asker) -> Rule:
        if self.rules is None:
            return EVERYTHING
        rule = self._found.get(asker)
        if not rule:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            rule = next((one for one in self.rules if one.fits(asker)), NOBODYS)
            self._found[asker] = rule
        return rule


def read_rules(value: object, platforms: Collection[str] = ()) -> AccessRules:
    """Read the rules: a JSON object, or the text of one. `platforms` are the names that a rule may have."""
    values = _parsed(value)
    if not isinstance(values, dict):
        return AccessRules(problems=("not a JSON object",), is_closed=True)
    problems = [f"{_shown(name)} is not known" for name in values if name not in _OF_ALL]
    rules, of_rules = _rules(values["rules"], platforms) if "rules" in values else (None, [])
    never = _names(values.get("never", []))
    hides_private = values.get("hide_private", False)
    if never is None:
        problems.append("never is no list of units")
    if not isinstance(hides_private, bool):
        problems.append("hide_private is neither true nor false")
    is_closed = bool(problems) or (rules is None and "rules" in values)
    return AccessRules(
        rules, never or frozenset(), hides_private is True, (*problems, *of_rules), is_closed=is_closed
    )


def _rules(value: object, platforms: Collection[str]) -> tuple[tuple[Rule, ...] | None, list[str]]:
    """Return the rules, None if for one of them nobody knows whom it is about."""
    if not isinstance(value, list):
        return None, ["rules is no list"]
    rules: list[Rule] = []
    problems: list[str] = []
    is_known_for_whom = True
    for number, one in enumerate(value, 1):
        rule, wrong = _rule(one, platforms)
        problems += [f"rule {number}: {problem}" for problem in wrong]
        is_known_for_whom = is_known_for_whom and rule is not None
        rules += [rule] if rule else []
    return (tuple(rules) if is_known_for_whom else None), problems


def _rule(value: object, platforms: Collection[str]) -> tuple[Rule | None, list[str]]:
    if not isinstance(value, dict):
        return None, ["not a JSON object"]
    problems = [f"{_shown(name)} is not known" for name in value if name not in _OF_A_RULE]
    platform = value.get("platform", "")
    who = {name: _texts(value[name]) for name in ("teams", "channels", "users") if name in value}
    problems += [f"{name} is no list of ids" for name, ids in who.items() if not ids]
    if not isinstance(platform, str) or (platforms and platform and platform not in platforms):
        problems.append(f"platform is none of {', '.join(sorted(platforms))}" if platforms else "platform")
    if problems:  # a word that is not known may have been a condition
        return None, problems
    conditions = {name: frozenset(ids or ()) for name, ids in who.items()}
    granted, problems = _granted(value)
    return Rule(platform, **conditions, **granted), problems  # type: ignore[arg-type]  # see the names


def _granted(value: Mapping[str, object]) -> tuple[Mapping[str, object], list[str]]:
    """Return what a rule grants, nothing if that can't be read; and why it can't."""
    units, exceptions = _names(value.get("units", [EVERY])), _names(value.get("except", []))
    allow = _texts(value.get("allow", list(FEATURES)))
    wrong = {
        "units is no list of units": units is None,
        "except is no list of units": exceptions is None,
        f"allow is no list of {', '.join(FEATURES)}": allow is None or not set(allow) <= set(FEATURES),
    }
    problems = [problem for problem, is_so in wrong.items() if is_so]
    if problems:
        return {"units": frozenset(), "allow": frozenset(), "is_closed": True}, problems
    return {"units": units, "exceptions": exceptions, "allow": frozenset(allow or ())}, []


def _parsed(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def _names(value: object) -> frozenset[str] | None:
    """Return names and ids as they are compared; None if the value is no list of texts."""
    texts = _texts(value)
    return None if texts is None else frozenset(_forms(texts))


def _forms(texts: Collection[str]) -> Iterator[str]:
    for text in texts:
        yield text
        yield fold(text)


def _texts(value: object) -> list[str] | None:
    is_list = isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
    return [one.strip() for one in value] if is_list else None  # type: ignore[attr-defined]  # a list


def _is_among(unit: Unit, names: frozenset[str]) -> bool:
    return bool(names) and (unit.id in names or fold(unit.name) in names)


def _shown(name: str) -> str:
    """Return the name of a field, but no value that stands in its place."""
    return name if name.isascii() and name.replace("_", "").isalpha() and len(name) <= 20 else "a field"
