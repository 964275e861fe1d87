from django.db import migrations

# The history holds the figure too; its triggers are away from the migration before to the next one.
TABLES = ("profiles_workforceyear", "profiles_workforceyearevent")


def _sql(sign: str) -> list[str]:
    return [
        f"UPDATE {table} SET guides_fte = guides_fte {sign} guides_qualified_fte"  # noqa: S608
        for table in TABLES
    ]


class Migration(migrations.Migration):
    """Guides in training become all guides: the qualified ones are added."""

    dependencies = [("profiles", "0015_guides_renamed")]

    operations = [migrations.RunSQL(_sql("+"), reverse_sql=_sql("-"))]
