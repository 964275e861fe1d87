"""The version that came with the first release is edition 1.

It is published and therefore frozen by a trigger, which stands aside for this one change:
the mark says where the version came from and touches none of its content.
"""

from django.db import migrations

MARK = """
    ALTER TABLE readiness_questionnaire DISABLE TRIGGER USER;
    UPDATE readiness_questionnaire SET edition = 1
    WHERE version = 1 AND published_by_id IS NULL AND published_at IS NOT NULL;
    ALTER TABLE readiness_questionnaire ENABLE TRIGGER USER;
"""
UNMARK = """
    ALTER TABLE readiness_questionnaire DISABLE TRIGGER USER;
    UPDATE readiness_questionnaire SET edition = NULL;
    ALTER TABLE readiness_questionnaire ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = (("readiness", "0002_parts_and_roadmap"),)

    operations = (migrations.RunSQL(MARK, UNMARK),)
