"""The table of the database cache, so that no separate command is needed."""

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    # Does nothing when the table exists, or when the cache is not in the database.
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_language_known")]

    # Kept on the way back: the table belongs to no model and may be in use.
    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
