"""`manage.py migrate`: in an empty database the tables are made as they are now, at once; everywhere else step by step as ever.

The steps of a long history take some twenty seconds, and every one of them would be taken in tables without rows. That both ways lead to
the same tables is tested (tests/proof/test_old_database.py).
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from dutygate.base.search import storage


class Command(Migrate):
    """Django's own, but for a first start. ``--step-by-step``: also then."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's, and one more."""
        super().add_arguments(parser)
        parser.add_argument("--step-by-step", action="store_true", help="take every step of the history in an empty database, too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables where there are none, then what Django does."""
        whole = not (options["app_label"] or options["fake"] or options["plan"] or options["check_unapplied"] or options["prune"])
        connection = connections[options["database"]]
        if whole and not options["step_by_step"] and not connection.introspection.table_names():
            make_tables(connection)
        super().handle(*args, **options)


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """All tables as they are now and every step noted as taken, in one transaction: a start that is interrupted has made nothing."""
    loader, recorder = MigrationLoader(connection), MigrationRecorder(connection)
    models = [model for model in loader.project_state().apps.get_models() if model._meta.can_migrate(connection)]
    with connection.schema_editor() as editor:
        for model in models:
            if router.allow_migrate_model(connection.alias, model):
                editor.create_model(model)
        storage.make(connection)
        editor.create_model(recorder.Migration)
        for app, name in loader.graph.nodes:
            recorder.record_applied(app, name)
