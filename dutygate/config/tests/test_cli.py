"""The command line: groups, exit status, and errors as one sentence on stderr."""

import argparse
from types import ModuleType
from typing import Any

import pytest
from django.db import OperationalError

from dutygate.config import cli

pytestmark = pytest.mark.law_only


def command(name: str | tuple[str, ...], run: Any, **extra: Any) -> ModuleType:
    module = ModuleType("command")
    module.__dict__.update(NAME=name, HELP="does it", run=run, **extra)
    return module


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, ...], ModuleType]:
    found: dict[tuple[str, ...], ModuleType] = {}
    monkeypatch.setattr(cli, "discover", lambda: found)
    return found


def failing(error: BaseException) -> Any:
    def run(args: argparse.Namespace) -> int:
        raise error

    return run


def test_commands_are_found_by_name(commands: dict[tuple[str, ...], ModuleType]) -> None:
    def configure(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("status", type=int)

    commands["law", "check"] = command(("law", "check"), lambda args: args.status, configure=configure)
    commands["law", "due"] = command(("law", "due"), lambda args: 7)
    commands["serve",] = command("serve", lambda args: 0)
    assert cli.main(["law", "check", "0"]) == 0
    assert cli.main(["law", "check", "3"]) == 3
    assert cli.main(["law", "due"]) == 7
    assert cli.main(["serve"]) == 0


@pytest.mark.parametrize("arguments", [[], ["law"], ["nonsense"]])
def test_what_is_not_understood_ends_with_two(commands: dict[tuple[str, ...], ModuleType], arguments: list[str]) -> None:
    commands["law", "check"] = command(("law", "check"), lambda args: 0)
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (cli.Failure("No such edition."), "dutygate: No such edition.\n"),
        (FileNotFoundError(2, "No such file or directory", "text.md"), "dutygate: text.md: No such file or directory\n"),
        (OperationalError("no such table:\n case"), "dutygate: the database does not answer as it should: no such table: case\n"),
    ],
)
def test_what_can_be_expected_is_one_sentence(
    commands: dict[tuple[str, ...], ModuleType], capsys: pytest.CaptureFixture[str], error: Exception, sentence: str
) -> None:
    commands["try",] = command("try", failing(error), NEEDS_DJANGO=True)
    assert cli.main(["try"]) == 1
    assert capsys.readouterr() == ("", sentence)


def test_what_nobody_expected_keeps_its_traceback(commands: dict[tuple[str, ...], ModuleType]) -> None:
    commands["try",] = command("try", failing(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        cli.main(["try"])


def test_every_command_says_what_it_is() -> None:
    found = cli.discover()
    assert ("serve",) in found
    assert all(module.HELP and callable(module.run) for module in found.values())
    cli.build_parser(found)
