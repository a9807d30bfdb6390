"""`monitors-bot secret`: one key at a time, checked before it is stored, printed only if asked for."""

import json
import stat
import sys
from pathlib import Path

from monitors_bot.aws.secret import ACCESS_RULES
from monitors_bot.reach import CA_CERTIFICATES
from monitors_bot_cli.installation import Installation, find_installation
from monitors_bot_cli.problems import FOUND, Stopped
from monitors_bot_cli.secret_keys import KEYS, Key, key_named, problem_of, values_of
from monitors_bot_cli.stored_secret import StoredSecret, Values
from monitors_bot_cli.terminal import Terminal

REMEMBERED_MINUTES = 5
NOT_SECRET = {CA_CERTIFICATES, ACCESS_RULES}
"""The keys whose files others may read."""
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00a0"
"""What comes along when a value is copied from a page, and nobody sees."""


def get(environment: str, name: str, *, show: bool, as_json: bool) -> int:
    """Say which keys are set, or whether one is; print its value if asked to."""
    terminal, stored = Terminal(as_json=as_json), _stored(find_installation(environment))
    values = stored.read().values
    if not name:
        rows = [(key.name, _form(key, values.get(key.name)), key.about) for key in KEYS.values()]
        rows += [(other, "not known", "") for other in values if other not in KEYS]
        terminal.table(("Key", "Is", "What it is"), rows)
        terminal.json({row[0]: row[1] for row in rows})
        return 0
    key = key_named(name)
    value, form = values.get(name), _form(key, values.get(name))
    if show and value is not None:
        for one in values_of(value) or [json.dumps(value, ensure_ascii=False, indent=2)]:
            terminal.say(one)
        terminal.json({"key": name, "is": form, "value": value})
        return 0
    terminal.say(f"{name} is {form}.")
    terminal.json({"key": name, "is": form})
    return 0 if form.startswith("set") else FOUND


def put(environment: str, name: str, file: Path | None) -> int:
    """Store a value for a key, in place of what it had."""
    terminal, key, installation = Terminal(), key_named(name), find_installation(environment)
    value = _value(key, terminal, file)
    _stored(installation).store({key.name: json.loads(value) if key.name == ACCESS_RULES else value})
    terminal.say(f"{name} is stored. The functions use it within {REMEMBERED_MINUTES} minutes.")
    return 0


def unset(environment: str, name: str) -> int:
    """Take a key out of the secret, also one that nobody knows."""
    terminal, stored = Terminal(), _stored(find_installation(environment))
    if name not in stored.read().values:
        key_named(name)
        terminal.say(f"{name} was not set.")
        return 0

    def change(values: Values) -> None:
        values.pop(name, None)

    stored.change(change)
    shared = name in KEYS and KEYS[name].is_shared
    terminal.say(f"{name} is gone." + (" Its route answers 404 within five minutes." if shared else ""))
    return 0


def rotate(environment: str, name: str, file: Path | None) -> int:
    """Put a new value before the old ones, so that both are valid until `retire`."""
    terminal, key, installation = Terminal(), key_named(name), find_installation(environment)
    _require_shared(key)
    made = key.make() if key.make and not file and sys.stdin.isatty() else ""
    value = made or _value(key, terminal, file)

    def change(values: Values) -> None:
        old = [one for one in values_of(values.get(key.name)) if one.strip() != value]
        values[key.name] = [value, *old] if old else value

    _stored(installation).change(change)
    terminal.say(f"The new {name} and the old one are both valid, within {REMEMBERED_MINUTES} minutes. Then:")
    if made:
        terminal.say(f"  1. Print it: {_again(environment, f'secret get {name} --show')} (the first line)")
    terminal.say(f"  {2 if made else 1}. Put it in place: {key.where}")
    terminal.say(f"  {3 if made else 2}. Drop the old one: {_again(environment, f'secret retire {name}')}")
    return 0


def retire(environment: str, name: str) -> int:
    """Keep only the newest value of a key."""
    terminal, key, stored = Terminal(), key_named(name), _stored(find_installation(environment))
    _require_shared(key)
    dropped = 0

    def change(values: Values) -> None:
        nonlocal dropped
        every = values_of(values.get(key.name))
        if not every:
            raise Stopped(f"{name} is not set.")
        dropped = len(every) - 1
        values[key.name] = every[0]

    stored.change(change)
    terminal.say(
        f"{name} has one value now; {dropped} dropped." if dropped else f"{name} has only one value."
    )
    return 0


def _require_shared(key: Key) -> None:
    if not key.is_shared:
        raise Stopped(
            f"{key.name} has one value only: store the new one with `monitors-bot secret set {key.name}`. "
            "The functions read the secret again as soon as the server refuses the old one."
        )


def _value(key: Key, terminal: Terminal, file: Path | None) -> str:
    """Read a value from a file, a pipe or a person, and check it. Raises Stopped."""
    if file:
        text = _read(file)[0] if key.name in NOT_SECRET else read_private_file(file)
    elif sys.stdin.isatty():
        text = terminal.ask_hidden(f"{key.name} ({key.about})")
    else:
        text = sys.stdin.read()
    value = text.strip().strip(HIDDEN).strip()
    if problem := problem_of(key, value):
        raise Stopped(f"{key.name} is not stored: {problem}.")
    return value


def read_private_file(path: Path) -> str:
    """Read a file that nobody else may read. Raises Stopped."""
    text, mode = _read(path)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Stopped(f"Others can read {path}: chmod 600 {path}")
    return text


def _read(path: Path) -> tuple[str, int]:
    try:
        return path.read_text(encoding="utf-8-sig"), path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise Stopped(f"{path} can't be read: {type(error).__name__}.") from error


def _form(key: Key, value: object) -> str:
    if value is None:
        return "not set"
    if problem := problem_of(key, value):
        return f"unusable ({problem})"
    number = len(values_of(value))
    return f"set, {number} values are valid" if number > 1 else "set"


def _stored(installation: Installation) -> StoredSecret:
    return StoredSecret(installation.client("secretsmanager"), installation.secret_id)


def _again(environment: str, words: str) -> str:
    return f"monitors-bot {words}" + ("" if environment == "dev" else f" --env {environment}")
