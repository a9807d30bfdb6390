"""What `sam build` made can run in Lambda: our code, libraries for arm64, bytecode that no zip makes stale.

`make build` sets BUILT and runs this; nothing else can.
"""

import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from monitors_bot_cli.deploy import handed_over
from tests.fakes.certificates import Authority
from tests.fakes.proxy import Proxy
from tests.fakes.scripted_server import ScriptedServer, http_answer

if "BUILT" not in os.environ:
    pytest.skip("`make build` runs these, on what it made", allow_module_level=True)

PYTHON_3_13_BYTECODE = b"\xf3\x0d\x0d\x0a"
UNCHECKED_HASH = b"\x01\x00\x00\x00"  # https://peps.python.org/pep-0552/
AARCH64 = b"\xb7\x00"


@pytest.fixture
def chat():
    return Path(os.environ["BUILT"], "ChatFunction").resolve()


def run_python(code, *folders):
    """Run `code` in a Python 3.13 that sees these folders and no site-packages."""
    python = shutil.which("python3.13")
    assert python
    environment = {"PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [python, "-S", "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


READ_BY_SAM = """
import json, sys
from samcli.cli.types import CfnParameterOverridesType
print(json.dumps(CfnParameterOverridesType().convert(["file://" + sys.argv[1]], None, None)))
"""


def test_sam_reads_exactly_the_settings_that_are_handed_over(tmp_path):
    characters = "ab #$=,\"'\\\\[]{}*:é😀\t/@%&;`()-"
    draw = random.Random(7)
    values = {
        f"P{number}": "".join(draw.choice(characters) for _ in range(draw.randint(0, 12)))
        for number in range(2_000)
    }
    file = tmp_path / "parameters.yaml"
    file.write_text(handed_over(values), encoding="utf-8")
    uv = shutil.which("uv") or ".tools/bin/uv"
    [version] = re.findall(r"^SAM_CLI_VERSION := (.*)$", Path("Makefile").read_text(), re.MULTILINE)
    sam = [uv, "tool", "run", "--quiet", "--from", f"aws-sam-cli=={version}", "python", "-c", READ_BY_SAM]

    read = subprocess.run([*sam, str(file)], capture_output=True, text=True, check=True).stdout

    assert json.loads(read) == values


def test_it_holds_our_code_and_its_libraries_and_nothing_of_the_build(chat):
    ours = {path.relative_to("src") for path in Path("src/monitors_bot").rglob("*.py")}
    built = {path.relative_to(chat) for path in (chat / "monitors_bot").rglob("*.py")}
    top = {path.name for path in chat.iterdir()}

    assert built == ours
    assert {"requests", "requests_aws4auth"} <= top
    assert top.isdisjoint(
        {
            "Makefile",
            "hash_authorities.py",
            "requirements.txt",
            "requirements-sdk.txt",
            "bin",
            "tests",
            "boto3",
            "aws_lambda_powertools",
            "botocore",
            "awslambdaric",
            "pip",
        }
    )


def test_every_module_has_bytecode_that_no_date_can_make_stale(chat):
    for source in chat.rglob("*.py"):
        bytecode = (source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc").read_bytes()

        assert bytecode[:4] == PYTHON_3_13_BYTECODE, source
        assert bytecode[4:8] == UNCHECKED_HASH, source


def test_there_is_no_bytecode_of_another_python(chat):
    assert {path.suffixes[0] for path in chat.rglob("*.pyc")} == {".cpython-313"}


def test_every_native_library_is_for_arm64(chat):
    libraries = list(chat.rglob("*.so"))

    assert libraries
    assert {path.read_bytes()[18:20] for path in libraries} == {AARCH64}


def test_what_this_processor_cannot_load_has_a_python_twin_beside_it(chat):
    """So that the package also starts where it is tested: on arm64 the native half is taken."""
    natives = {path.relative_to(chat).parent / path.name.partition(".")[0] for path in chat.rglob("*.so")}
    mypyc = {path for path in natives if path.name.endswith("__mypyc")}

    assert natives - mypyc == {Path("charset_normalizer/cd"), Path("charset_normalizer/md")}
    assert all((chat / path).with_suffix(".py").exists() for path in natives - mypyc)


def test_every_authority_is_in_the_folder_under_the_name_that_openssl_looks_for(chat):
    bundle = (chat / "certifi" / "cacert.pem").read_text()
    folder = chat / "certifi" / "by-hash"

    assert len(list(folder.iterdir())) == bundle.count("BEGIN CERTIFICATE")
    for path in folder.iterdir():
        command = ["openssl", "x509", "-in", path, "-noout", "-subject_hash"]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        assert told.stdout.strip() == path.stem


def test_authorities_are_read_from_that_folder(chat):
    done = run_python("from monitors_bot.connections import BY_HASH; print(BY_HASH.is_dir())", chat)

    assert done.stdout.strip() == "True", done.stderr


@pytest.mark.parametrize("login", ["kim:right", "kim:wrong"])
def test_lambdas_python_goes_by_a_proxy_with_tls_and_trusts_an_authority_that_it_would_find_too_careless(
    chat, tmp_path, login
):
    authority = Authority(tmp_path, careless=True)
    with (
        ScriptedServer(http_answer(), tls=authority.server_context("chat.internal")) as server,
        Proxy(
            {"chat.internal": int(server.url.rpartition(":")[2])},
            login="kim:right",
            tls=authority.server_context("127.0.0.1"),
        ) as proxy,
    ):
        way = {"ca_certificates": authority.pem, "https_proxy": f"https://{login}@{proxy.address}"}
        done = run_python(
            "import time; from monitors_bot import deadline, errors, outbound, reach\n"
            f"way, unusable = reach.read_reach({way!r}); out = outbound.Outbound(way)\n"
            "soon = deadline.Deadline(time.time() + 10, time.time)\n"
            "try: print(unusable, out.get('https://chat.internal/', soon, headers={}).status)\n"
            "except errors.ProxyRefused as error: print(error)",
            chat,
        )

    assert done.stdout.strip() == ("[] 200" if login == "kim:right" else "the proxy answered 407"), (
        done.stderr
    )


def test_the_handler_imports_without_anything_else_installed(chat):
    done = run_python("from monitors_bot.lambdas.chat import handler; assert callable(handler)", chat)

    assert done.returncode == 0, done.stderr


def test_the_bytecode_is_what_runs(chat, tmp_path):
    copy = tmp_path / "monitors_bot"
    shutil.copytree(chat / "monitors_bot", copy)
    for source in copy.rglob("*.py"):
        source.write_text("raise SystemExit('compiled anew')")

    done = run_python(
        "from monitors_bot.lambdas.chat import handler; print(handler.__module__)", tmp_path, chat
    )

    assert done.stdout.strip() == "monitors_bot.lambdas.chat", done.stderr


def test_the_bytecode_names_no_folder_of_the_machine_that_made_it(chat):
    bytecode = (chat / "monitors_bot" / "__pycache__" / "__init__.cpython-313.pyc").read_bytes()

    assert b"/var/task/monitors_bot/__init__.py" in bytecode
