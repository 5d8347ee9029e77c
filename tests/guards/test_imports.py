"""ARCHITECTURE: the four floors and the layers in each feature hold; import contracts 1 to 8 and contract 9."""

import grimp
import pytest
from importlinter.cli import lint_imports

pytestmark = pytest.mark.law_only


def test_import_contracts_hold(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("logging.config.dictConfig", lambda _: None)  # its own would silence every logger that there is by now
    status = lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_models_are_imported_only_inside_their_own_folder() -> None:
    graph = grimp.build_graph("dutygate", exclude_type_checking_imports=True, cache_dir=None)
    leaks = sorted(
        f"{importer} imports {module}"
        for module in graph.modules
        if module.endswith(".models")
        for importer in graph.find_modules_that_directly_import(module)
        if not importer.startswith(module.rpartition(".")[0] + ".")
    )
    assert not leaks, "Ask the owner's queries or facts instead, and point a foreign key at it by name:\n" + "\n".join(leaks)
