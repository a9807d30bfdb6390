"""The packages to compare, each in a folder as Lambda would unpack it."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hash_authorities import hash_authorities

BUILT = Path(".aws-sam/build/ChatFunction")
PLAIN = Path(".tools/plain")
LAMBDA_PYTHON = Path(".tools/lambda-python/bin/python").absolute()
HANDLERS = Path(__file__).parent / "handlers"

OURS = "monitors_bot.lambdas.chat.handler"


@dataclass(frozen=True)
class Package:
    """Code in a folder, and the handler in it."""

    name: str
    folder: Path
    handler: str


@contextmanager
def packages(authority: Path | None = None) -> Iterator[dict[str, Package]]:
    """Make every package; with an authority beside the usual ones, if one is given."""
    with TemporaryDirectory() as place:
        made = {
            "ours": Package("ours", _copy(Path(place, "ours"), BUILT), OURS),
            "ours, no bytecode": Package("ours, no bytecode", _copy(Path(place, "bare"), BUILT), OURS),
            "plain": Package("plain", _copy(Path(place, "plain"), PLAIN), "plain.handler"),
            "plain, bytecode": Package(
                "plain, bytecode", _copy(Path(place, "compiled"), PLAIN), "plain.handler"
            ),
            "page alone": Package("page alone", _copy(Path(place, "alone"), BUILT), "page_alone.handler"),
            "floor": Package("floor", _copy(Path(place, "floor")), "floor.handler"),
            "nothing": Package("nothing", _copy(Path(place, "nothing")), "nothing.handler"),
        }
        _forget_bytecode(made["ours, no bytecode"].folder)
        for package in made.values():
            _trust(package.folder, authority)
            if package.name not in {"plain", "ours", "ours, no bytecode"}:
                _compile(package.folder)
        yield made


def python_fallbacks() -> list[str]:
    """Modules whose arm64 half can't be loaded here, so that their Python twins run instead."""
    return sorted({f"{path.parent.name}.{path.name.partition('.')[0]}" for path in BUILT.rglob("*.so")})


def _copy(folder: Path, libraries: Path | None = None) -> Path:
    if libraries:
        shutil.copytree(libraries, folder)
    shutil.copytree(HANDLERS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def _trust(folder: Path, authority: Path | None) -> None:
    """Add an authority to the bundle, and to the folder beside it where the package has one."""
    bundle = folder / "certifi" / "cacert.pem"
    if not authority or not bundle.exists():
        return
    bundle.write_bytes(bundle.read_bytes() + authority.read_bytes())
    by_hash = bundle.with_name("by-hash")
    if by_hash.exists():
        shutil.rmtree(by_hash)
        hash_authorities(bundle, by_hash)


def _forget_bytecode(folder: Path) -> None:
    for cache in list(folder.rglob("__pycache__")):
        shutil.rmtree(cache)


def _compile(folder: Path) -> None:
    command = [
        str(LAMBDA_PYTHON),
        "-m",
        "compileall",
        "-q",
        "--invalidation-mode",
        "unchecked-hash",
        str(folder),
    ]
    subprocess.run(command, check=True)
