"""Who signed a company up accepted the terms: kept as a row of its own from now on."""

from django.db import migrations


def keep(apps, schema_editor):
    """One acceptance of the terms for each company."""
    company = apps.get_model("profiles", "Company")
    acceptance = apps.get_model("profiles", "Acceptance")
    rows = company.objects.exclude(terms_version="").order_by("pk")
    acceptance.objects.bulk_create(
        (
            acceptance(
                text="terms",
                version=row.terms_version,
                company=row,
                accepted_at=row.created_at,
                accepted_by_id=row.created_by_id,
            )
            for row in rows.iterator()
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("profiles", "0003_joining")]
    # The rows go with their table on the way back.
    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
