"""ARCHITECTURE, API: its OpenAPI document is kept in docs/reference/openapi.json; a change of it is seen, and meant.

After a change that is meant: DUTYGATE_REFRESH=1 .venv/bin/python -m pytest tests/guards/test_openapi.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from dutygate.base.actions.naming import newest_procedure
from dutygate.base.catalogue.registry import all_actions
from dutygate.config.api import api

pytestmark = pytest.mark.law_only
SNAPSHOT = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))


def operations(document: Any) -> list[tuple[str, str, Any]]:
    return [(path, method, found) for path, methods in document["paths"].items() for method, found in methods.items()]


def test_the_document_is_the_one_that_is_kept(document):
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("DUTYGATE_REFRESH") == "1":
        SNAPSHOT.parent.mkdir(parents=True, exist_ok=True)
        SNAPSHOT.write_text(text, encoding="utf-8")
    kept = SNAPSHOT.read_text(encoding="utf-8") if SNAPSHOT.exists() else "{}"
    old, new = json.loads(kept), json.loads(text)
    changed = sorted(p for p in {*old.get("paths", {}), *new["paths"]} if old.get("paths", {}).get(p) != new["paths"].get(p))
    assert kept == text, f"the API changed ({', '.join(changed) or 'shapes only'}); if that is meant: {__doc__}"


def test_every_action_that_may_be_asked_for_has_one_address_and_internal_ones_have_none(document):
    offered = {path.removeprefix("/api/v1/actions/") for path in document["paths"] if path.startswith("/api/v1/actions/")}
    assert offered == {name for name, action in all_actions().items() if not action.internal}


def test_every_action_says_its_label_its_provision_and_whose_it_is(document):
    procedure = newest_procedure()
    for path, _, found in operations(document):
        name = path.removeprefix("/api/v1/actions/")
        if not path.startswith("/api/v1/actions/"):
            continue
        label = procedure.labels[name]
        assert found["x-label"] == {"zh": label.zh, "en": label.en}
        assert found["x-provision"] == procedure.cites(name)
        assert found["summary"] == f"{label.zh} · {label.en}"
        assert found["x-by"], name
        assert found["operationId"] == "perform_" + name.replace(".", "_")


def test_every_payload_has_a_shape_of_its_own(document):
    shapes = [
        f["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        for p, _, f in operations(document)
        if "/actions/" in p and "requestBody" in f
    ]
    assert len(shapes) == len(set(shapes))
    for path, _, found in operations(document):
        if path.startswith("/api/v1/actions/"):
            name = found["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            payload = document["components"]["schemas"][name]["properties"]["payload"]["$ref"].rpartition("/")[2]
            fields = set(document["components"]["schemas"][payload].get("properties", {}))
            assert fields == set(all_actions()[path.removeprefix("/api/v1/actions/")].Payload.model_fields), path


def test_it_is_openapi_3_1_with_errors_as_problems(document):
    assert document["openapi"].startswith("3.1")
    ids = [found["operationId"] for _, _, found in operations(document)]
    assert len(ids) == len(set(ids))
    for path, method, found in operations(document):
        errors = {int(status) for status in found["responses"] if int(status) >= 400}
        assert {401, 503} <= errors, (path, method)
        for status in errors:
            assert found["responses"][str(status)] == {"$ref": f"#/components/responses/{status}"}, (path, status)
    for status, answer in document["components"]["responses"].items():
        assert list(answer["content"]) == ["application/problem+json"], status


def test_every_reference_leads_somewhere(document):
    text = json.dumps(document)
    for part in text.split('"$ref": "')[1:]:
        where = part.partition('"')[0]
        section, name = where.split("/")[2:]
        assert name in document["components"][section], where
