import django.db.models.deletion
import pgtrigger.compiler
import portal.common.operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('profiles', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=9, verbose_name='status')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what changed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('published_by', models.ForeignKey(blank=True, help_text='Empty for the version that came with the portal.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'questionnaire',
                'verbose_name_plural': 'questionnaires',
                'ordering': ('-version',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('status',), name='questionnaire_one_published', violation_error_message='Only one version can be published.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IN (\'published\', \'retired\'))', func="\n            IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status = 'retired' THEN\n                OLD.status := NEW.status;\n                IF OLD IS NOT DISTINCT FROM NEW THEN\n                    RETURN NEW;\n                END IF;\n            END IF;\n            RAISE EXCEPTION 'A published questionnaire never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaire_frozen';\n        ", hash='1908f88ffb0f75738cda8100e1b83314f1ce7b48', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_34d12', table='readiness_questionnaire', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.PositiveSmallIntegerField(default=0, verbose_name='moment')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started at')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted at')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='profiles.company', verbose_name='company')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='readiness.questionnaire', verbose_name='questionnaire')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='submitted by')),
            ],
            options={
                'verbose_name': 'scan',
                'verbose_name_plural': 'scans',
                'ordering': ('company', '-moment', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('company', 'moment'), name='scan_moment_once', violation_error_message='There is already a scan for this moment.'), models.UniqueConstraint(condition=models.Q(('submitted_at__isnull', True)), fields=('company',), name='scan_one_open', violation_error_message='There is already an open scan.'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), _connector='OR'), name='scan_submitted_whole', violation_error_message='A submission needs a moment and a person.')],
            },
        ),
        migrations.CreateModel(
            name='Transition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=20, verbose_name='code')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('title_nl', models.CharField(max_length=120, verbose_name='Dutch title')),
                ('title_en', models.CharField(max_length=120, verbose_name='English title')),
                ('intro_nl', models.TextField(verbose_name='Dutch introduction')),
                ('intro_en', models.TextField(verbose_name='English introduction')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='readiness.questionnaire', verbose_name='questionnaire')),
            ],
            options={
                'verbose_name': 'transition',
                'verbose_name_plural': 'transitions',
                'ordering': ('questionnaire', 'position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'slug'), name='transition_once', violation_error_message='This transition is already in the questionnaire.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT v.status INTO found FROM readiness_questionnaire v WHERE v.id = OLD.questionnaire_id FOR SHARE;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'A published questionnaire never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaire_content_frozen';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            SELECT v.status INTO found FROM readiness_questionnaire v WHERE v.id = NEW.questionnaire_id FOR SHARE;\n            IF found <> 'draft' THEN\n                RAISE EXCEPTION 'A published questionnaire never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaire_content_frozen';\n            END IF;\n            RETURN NEW;\n        ", hash='3031698e33b5b54660a3c84c477a3e452db55020', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_a4939', table='readiness_transition', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, verbose_name='code')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('text_nl', models.TextField(verbose_name='Dutch text')),
                ('text_en', models.TextField(verbose_name='English text')),
                ('example_nl', models.TextField(blank=True, verbose_name='Dutch example')),
                ('example_en', models.TextField(blank=True, verbose_name='English example')),
                ('transition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='readiness.transition', verbose_name='transition')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
                'ordering': ('transition', 'position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('transition', 'slug'), name='statement_once', violation_error_message='This statement is already in the transition.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT v.status INTO found FROM readiness_questionnaire v WHERE v.id = (SELECT r.questionnaire_id FROM readiness_transition r WHERE r.id = OLD.transition_id) FOR SHARE;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'A published questionnaire never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaire_content_frozen';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            SELECT v.status INTO found FROM readiness_questionnaire v WHERE v.id = (SELECT r.questionnaire_id FROM readiness_transition r WHERE r.id = NEW.transition_id) FOR SHARE;\n            IF found <> 'draft' THEN\n                RAISE EXCEPTION 'A published questionnaire never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaire_content_frozen';\n            END IF;\n            RETURN NEW;\n        ", hash='d00c43c1ec879ecaaf4cffdb29a0342072d7539c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_47609', table='readiness_statement', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='level')),
                ('text_nl', models.TextField(verbose_name='Dutch text')),
                ('text_en', models.TextField(verbose_name='English text')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='readiness.statement', verbose_name='statement')),
            ],
            options={
                'verbose_name': 'level',
                'verbose_name_plural': 'levels',
                'ordering': ('statement', 'number', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('statement', 'number'), name='level_once', violation_error_message='This level is already described.'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 5)), name='level_range', violation_error_message='A level lies between 1 and 5.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT v.status INTO found FROM readiness_questionnaire v WHERE v.id = (SELECT r.questionnaire_id FROM readiness_statement t JOIN readiness_transition r ON r.id = t.transition_id WHERE t.id = OLD.statement_id) FOR SHARE;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'A published questionnaire never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaire_content_frozen';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            SELECT v.status INTO found FROM readiness_questionnaire v WHERE v.id = (SELECT r.questionnaire_id FROM readiness_statement t JOIN readiness_transition r ON r.id = t.transition_id WHERE t.id = NEW.statement_id) FOR SHARE;\n            IF found <> 'draft' THEN\n                RAISE EXCEPTION 'A published questionnaire never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaire_content_frozen';\n            END IF;\n            RETURN NEW;\n        ", hash='1f51c4083db8bc08dbdd5381943c90b5f1951874', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_baafa', table='readiness_level', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('level', 'Level'), ('na', 'Not applicable'), ('unknown', "Don't know")], max_length=7, verbose_name='kind')),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='level')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('answered_at', models.DateTimeField(auto_now=True, verbose_name='answered at')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('scan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='readiness.scan', verbose_name='scan')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='readiness.statement', verbose_name='statement')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ('scan', 'statement', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('scan', 'statement'), name='answer_once', violation_error_message='This statement is already answered.'), models.CheckConstraint(condition=models.Q(('kind__in', ['level', 'na', 'unknown'])), name='answer_kind_known', violation_error_message='Unknown kind of answer.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'level'), ('level__gte', 1), ('level__isnull', False), ('level__lte', 5)), models.Q(models.Q(('kind', 'level'), _negated=True), ('level__isnull', True)), _connector='OR'), name='answer_level_fits_kind', violation_error_message='A level lies between 1 and 5.')],
                'triggers': [pgtrigger.compiler.Trigger(name='fits_scan', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE of_scan bigint; submitted boolean;', func="\n        SELECT s.questionnaire_id, s.submitted_at IS NOT NULL INTO of_scan, submitted\n        FROM readiness_scan s WHERE s.id = NEW.scan_id FOR SHARE;\n        IF submitted THEN\n            RAISE EXCEPTION 'A submitted scan does not change' USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_frozen';\n        END IF;\n        IF TG_OP = 'UPDATE' AND OLD.scan_id <> NEW.scan_id THEN\n            RAISE EXCEPTION 'An answer stays with its scan' USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_frozen';\n        END IF;\n        IF of_scan IS NOT NULL AND NOT EXISTS (\n            SELECT 1 FROM readiness_statement t\n            JOIN readiness_transition r ON r.id = t.transition_id\n            WHERE t.id = NEW.statement_id AND r.questionnaire_id = of_scan\n        ) THEN\n            RAISE EXCEPTION 'This statement is in another questionnaire' USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_of_questionnaire';\n        END IF;\n        RETURN NEW;\n    ", hash='5a0fe64cd9390ec4cf74fa513f59a9370958f323', operation='INSERT OR UPDATE', pgid='pgtrigger_fits_scan_2cbe2', table='readiness_answer', when='BEFORE')), pgtrigger.compiler.Trigger(name='stays_with_scan', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n        IF EXISTS (\n            SELECT 1 FROM readiness_scan s\n            WHERE s.id = OLD.scan_id AND s.submitted_at IS NOT NULL\n        ) THEN\n            RAISE EXCEPTION 'A submitted scan does not change' USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_frozen';\n        END IF;\n        RETURN NULL;\n    ", hash='580af9ce994eea838d3c4d691abecf5fe0430686', operation='DELETE', pgid='pgtrigger_stays_with_scan_65685', table='readiness_answer', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
            },
        ),
        portal.common.operations.InstallTriggers(
            model_names=['Questionnaire', 'Level', 'Answer', 'Transition', 'Statement'],
        ),
    ]
