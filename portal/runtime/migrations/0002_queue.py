"""The queue of Celery in this database: pgmq's SQL, unless the extension is there."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from portal.runtime import broker


def install(apps: Any, schema_editor: Any) -> None:
    """Install once; a database with the pgmq extension already has it."""
    with schema_editor.connection.cursor() as cursor:
        broker.install(cursor)


class Migration(migrations.Migration):
    """Going back keeps the queue: messages may wait in it."""

    dependencies = [("runtime", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
