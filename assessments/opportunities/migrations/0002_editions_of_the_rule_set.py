"""Rule sets know which edition of the portal they are.

The version that came with the first release is edition 1. It is frozen by a trigger, which
stands aside for this one change: the mark touches none of its content. And every current
outcome is made again, because it must now say what each criterion can still become.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

MARK = """
    ALTER TABLE opportunities_ruleset DISABLE TRIGGER USER;
    UPDATE opportunities_ruleset SET edition = 1
    WHERE version = 1 AND published_by_id IS NULL AND published_at IS NOT NULL;
    ALTER TABLE opportunities_ruleset ENABLE TRIGGER USER;
"""
ASSESS_AGAIN = """
    UPDATE opportunities_assessment SET facts_version = 0 WHERE is_current;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('opportunities', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='ruleset',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ruleset',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ruleset',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='ruleset',
            name='edition',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, help_text='Empty for a version that administrators made.', null=True, unique=True, verbose_name='edition of the portal'),
        ),
        migrations.AddField(
            model_name='rulesetevent',
            name='edition',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, help_text='Empty for a version that administrators made.', null=True, verbose_name='edition of the portal'),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
        migrations.RunSQL(ASSESS_AGAIN, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "opportunities_rulesetevent" ("edition", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "version") VALUES (NEW."edition", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."status", NEW."version"); RETURN NULL;', hash='627e232cc7f125ca7e8be1388670729287c267a4', operation='INSERT', pgid='pgtrigger_insert_insert_eb331', table='opportunities_ruleset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opportunities_rulesetevent" ("edition", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "version") VALUES (NEW."edition", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."status", NEW."version"); RETURN NULL;', hash='a730a5a909a9ded8a806d27fc513e470170c8d61', operation='UPDATE', pgid='pgtrigger_update_update_611d6', table='opportunities_ruleset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "opportunities_rulesetevent" ("edition", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "version") VALUES (OLD."edition", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."status", OLD."version"); RETURN NULL;', hash='ec8d824d7ab247903237c569a4a7a23cb1c88229', operation='DELETE', pgid='pgtrigger_delete_delete_701b0', table='opportunities_ruleset', when='AFTER')),
        ),
    ]
