"""ARCHITECTURE, replay: every model says what it is, so that replay knows which rows it must be able to rebuild."""

import pytest
from django.apps import apps
from django.db.models import Model

pytestmark = pytest.mark.law_only
CLASSES = {"business", "credential", "operational", "derived", "register"}


def unclassified(models: list[type[Model]]) -> list[str]:
    return [f"{m._meta.label}: {getattr(m, 'record_class', 'none')}" for m in models if getattr(m, "record_class", None) not in CLASSES]


def test_every_model_is_classified() -> None:
    own = [model for model in apps.get_models(include_auto_created=False) if model.__module__.startswith("dutygate.")]
    missing = unclassified(own)
    assert not missing, f"Give the class `record_class = …`, one of {sorted(CLASSES)}:\n" + "\n".join(missing)


def test_no_table_is_made_behind_the_models() -> None:
    """An automatic many-to-many table has no class to classify: write the model between the two."""
    hidden = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.auto_created and model._meta.app_config is not None and model._meta.app_config.name.startswith("dutygate.")
    ]
    assert not hidden, "Write these tables as models: " + ", ".join(hidden)


def test_the_guard_sees_an_unclassified_model() -> None:
    assert unclassified([apps.get_model("contenttypes", "ContentType")]) == ["contenttypes.ContentType: none"]
