import django.db.models.deletion
import pgtrigger.compiler
import portal.common.operations
import portal.common.vocabulary
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('profiles', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=9, verbose_name='status')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what changed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('published_by', models.ForeignKey(blank=True, help_text='Empty for the version that came with the portal.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'rule set',
                'verbose_name_plural': 'rule sets',
                'ordering': ('-version',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('status',), name='ruleset_one_published', violation_error_message='Only one version can be published.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IN (\'published\', \'retired\'))', func="\n            IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status = 'retired' THEN\n                OLD.status := NEW.status;\n                IF OLD IS NOT DISTINCT FROM NEW THEN\n                    RETURN NEW;\n                END IF;\n            END IF;\n            RAISE EXCEPTION 'A published rule set never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_set_frozen';\n        ", hash='1e2b3443408953710d45c8b6c20bf9be98d885a4', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_ffa77', table='opportunities_ruleset', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "opportunities_rulesetevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "version") VALUES (NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."status", NEW."version"); RETURN NULL;', hash='ba3cb3747421cbae2ef1c9235a705eaa1cba4cf6', operation='INSERT', pgid='pgtrigger_insert_insert_eb331', table='opportunities_ruleset', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opportunities_rulesetevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "version") VALUES (NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."status", NEW."version"); RETURN NULL;', hash='7f65e9ea888f8658997655220d0cc3c5cff03e77', operation='UPDATE', pgid='pgtrigger_update_update_611d6', table='opportunities_ruleset', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "opportunities_rulesetevent" ("id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "version") VALUES (OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."status", OLD."version"); RETURN NULL;', hash='8d847df3cbaa21f490e78f1f1feaa70049dad8fa', operation='DELETE', pgid='pgtrigger_delete_delete_701b0', table='opportunities_ruleset', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='BaselineValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('cell', models.CharField(choices=[('grondstoffen-landbouw', 'Raw materials: agriculture'), ('grondstoffen-voeding', 'Raw materials: food'), ('grondstoffen-textiel', 'Raw materials: textile'), ('maak-metaal', 'Making: metal'), ('maak-hout', 'Making: wood'), ('maak-textiel', 'Making: textile'), ('maak-drukkerij', 'Making: printing'), ('handling-verpakking', 'Handling: packaging'), ('handling-voeding', 'Handling: food'), ('handling-textiel', 'Handling: textile')], max_length=30, verbose_name='activity')),
                ('criterion', models.CharField(choices=[('vraag', 'Demand from the market'), ('investering', 'Investment needed'), ('fit', 'Fit with competences'), ('lokaal', 'Local tie')], max_length=12, verbose_name='criterion')),
                ('value', models.SmallIntegerField(verbose_name='value')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='baseline_values', to='opportunities.ruleset')),
            ],
            options={
                'verbose_name': 'baseline value',
                'verbose_name_plural': 'baseline values',
                'ordering': ('rule_set', 'opportunity', 'cell', 'criterion', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('rule_set', 'opportunity', 'cell', 'criterion'), name='baseline_once', violation_error_message='This starting value is already given.'), models.CheckConstraint(condition=models.Q(('value__gte', -1), ('value__lte', 1)), name='baseline_range', violation_error_message='A value lies between -1 and 1.'), models.CheckConstraint(condition=models.Q(('cell__in', ['grondstoffen-landbouw', 'grondstoffen-voeding', 'grondstoffen-textiel', 'maak-metaal', 'maak-hout', 'maak-textiel', 'maak-drukkerij', 'handling-verpakking', 'handling-voeding', 'handling-textiel'])), name='baseline_cell_known', violation_error_message='Unknown activity.'), models.CheckConstraint(condition=models.Q(('opportunity__in', ['reshoring', 'fvdt', 'eigen_producten', 'samenwerking', 'enclave'])), name='baseline_opportunity_known', violation_error_message='Unknown opportunity.'), models.CheckConstraint(condition=models.Q(('criterion__in', ['vraag', 'investering', 'fit', 'lokaal'])), name='baseline_criterion_known', violation_error_message='Unknown criterion.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT v.status INTO found FROM opportunities_ruleset v WHERE v.id = OLD.rule_set_id FOR SHARE;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'A published rule set never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_set_content_frozen';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            SELECT v.status INTO found FROM opportunities_ruleset v WHERE v.id = NEW.rule_set_id FOR SHARE;\n            IF found <> 'draft' THEN\n                RAISE EXCEPTION 'A published rule set never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_set_content_frozen';\n            END IF;\n            RETURN NEW;\n        ", hash='9c7797d79378cb3f017a705ed3a5f450a0df39f8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_1185d', table='opportunities_baselinevalue', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "opportunities_baselinevalueevent" ("cell", "criterion", "id", "opportunity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_set_id", "value") VALUES (NEW."cell", NEW."criterion", NEW."id", NEW."opportunity", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rule_set_id", NEW."value"); RETURN NULL;', hash='c70f877db456f335dd0844c5a00ba0153b26c3ae', operation='INSERT', pgid='pgtrigger_insert_insert_1169f', table='opportunities_baselinevalue', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opportunities_baselinevalueevent" ("cell", "criterion", "id", "opportunity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_set_id", "value") VALUES (NEW."cell", NEW."criterion", NEW."id", NEW."opportunity", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rule_set_id", NEW."value"); RETURN NULL;', hash='93c6f3a5d7eac39cfe1f36a7a91b4ce38dd1e000', operation='UPDATE', pgid='pgtrigger_update_update_c6e65', table='opportunities_baselinevalue', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "opportunities_baselinevalueevent" ("cell", "criterion", "id", "opportunity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule_set_id", "value") VALUES (OLD."cell", OLD."criterion", OLD."id", OLD."opportunity", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rule_set_id", OLD."value"); RETURN NULL;', hash='62c5aec120b8ff0426c7aeb36b09cd2f676bac2e', operation='DELETE', pgid='pgtrigger_delete_delete_4cac1', table='opportunities_baselinevalue', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, verbose_name='code')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('criterion', models.CharField(choices=[('vraag', 'Demand from the market'), ('investering', 'Investment needed'), ('fit', 'Fit with competences'), ('lokaal', 'Local tie')], max_length=12, verbose_name='criterion')),
                ('fact', models.CharField(max_length=60, verbose_name='fact')),
                ('operator', models.CharField(choices=[('gte', 'is at least'), ('lte', 'is at most'), ('true', 'is true'), ('false', 'is not true')], max_length=5, verbose_name='condition')),
                ('operand', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='threshold')),
                ('step', models.SmallIntegerField(verbose_name='step')),
                ('reason_nl', models.TextField(verbose_name='Dutch reason')),
                ('reason_en', models.TextField(verbose_name='English reason')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='opportunities.ruleset')),
            ],
            options={
                'verbose_name': 'rule',
                'verbose_name_plural': 'rules',
                'ordering': ('rule_set', 'opportunity', 'criterion', 'slug', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('rule_set', 'slug'), name='rule_once', violation_error_message='This rule already exists in the rule set.'), models.CheckConstraint(condition=models.Q(('step__in', (-1, 1))), name='rule_step_one', violation_error_message='A rule moves one step up or down.'), models.CheckConstraint(condition=models.Q(models.Q(('operand__isnull', False), ('operator__in', ('gte', 'lte'))), models.Q(('operand__isnull', True), ('operator__in', ('true', 'false'))), _connector='OR'), name='rule_operand_fits', violation_error_message='A comparison needs a threshold, a yes or no none.'), models.CheckConstraint(condition=models.Q(('opportunity__in', ['reshoring', 'fvdt', 'eigen_producten', 'samenwerking', 'enclave'])), name='rule_opportunity_known', violation_error_message='Unknown opportunity.'), models.CheckConstraint(condition=models.Q(('criterion__in', ['vraag', 'investering', 'fit', 'lokaal'])), name='rule_criterion_known', violation_error_message='Unknown criterion.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT v.status INTO found FROM opportunities_ruleset v WHERE v.id = OLD.rule_set_id FOR SHARE;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'A published rule set never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_set_content_frozen';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            SELECT v.status INTO found FROM opportunities_ruleset v WHERE v.id = NEW.rule_set_id FOR SHARE;\n            IF found <> 'draft' THEN\n                RAISE EXCEPTION 'A published rule set never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_set_content_frozen';\n            END IF;\n            RETURN NEW;\n        ", hash='aaca8496aa0706355301b77a6a7240c1da77359f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_54340', table='opportunities_rule', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "opportunities_ruleevent" ("criterion", "fact", "id", "operand", "operator", "opportunity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_en", "reason_nl", "rule_set_id", "slug", "source", "step") VALUES (NEW."criterion", NEW."fact", NEW."id", NEW."operand", NEW."operator", NEW."opportunity", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason_en", NEW."reason_nl", NEW."rule_set_id", NEW."slug", NEW."source", NEW."step"); RETURN NULL;', hash='e1cfe76604f7a0a58100d56e0e951a16660f1b0a', operation='INSERT', pgid='pgtrigger_insert_insert_1cdd2', table='opportunities_rule', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "opportunities_ruleevent" ("criterion", "fact", "id", "operand", "operator", "opportunity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_en", "reason_nl", "rule_set_id", "slug", "source", "step") VALUES (NEW."criterion", NEW."fact", NEW."id", NEW."operand", NEW."operator", NEW."opportunity", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason_en", NEW."reason_nl", NEW."rule_set_id", NEW."slug", NEW."source", NEW."step"); RETURN NULL;', hash='d2964aedd65422243dfebc0321797a69a073d049', operation='UPDATE', pgid='pgtrigger_update_update_b8320', table='opportunities_rule', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "opportunities_ruleevent" ("criterion", "fact", "id", "operand", "operator", "opportunity", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_en", "reason_nl", "rule_set_id", "slug", "source", "step") VALUES (OLD."criterion", OLD."fact", OLD."id", OLD."operand", OLD."operator", OLD."opportunity", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason_en", OLD."reason_nl", OLD."rule_set_id", OLD."slug", OLD."source", OLD."step"); RETURN NULL;', hash='932cbc839ae568aaabdef17535193beea9176bdc', operation='DELETE', pgid='pgtrigger_delete_delete_98d74', table='opportunities_rule', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, max_length=60, verbose_name='code')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('criterion', models.CharField(choices=[('vraag', 'Demand from the market'), ('investering', 'Investment needed'), ('fit', 'Fit with competences'), ('lokaal', 'Local tie')], max_length=12, verbose_name='criterion')),
                ('fact', models.CharField(max_length=60, verbose_name='fact')),
                ('operator', models.CharField(choices=[('gte', 'is at least'), ('lte', 'is at most'), ('true', 'is true'), ('false', 'is not true')], max_length=5, verbose_name='condition')),
                ('operand', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='threshold')),
                ('step', models.SmallIntegerField(verbose_name='step')),
                ('reason_nl', models.TextField(verbose_name='Dutch reason')),
                ('reason_en', models.TextField(verbose_name='English reason')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opportunities.rule')),
                ('rule_set', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opportunities.ruleset')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BaselineValueEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('cell', models.CharField(choices=[('grondstoffen-landbouw', 'Raw materials: agriculture'), ('grondstoffen-voeding', 'Raw materials: food'), ('grondstoffen-textiel', 'Raw materials: textile'), ('maak-metaal', 'Making: metal'), ('maak-hout', 'Making: wood'), ('maak-textiel', 'Making: textile'), ('maak-drukkerij', 'Making: printing'), ('handling-verpakking', 'Handling: packaging'), ('handling-voeding', 'Handling: food'), ('handling-textiel', 'Handling: textile')], max_length=30, verbose_name='activity')),
                ('criterion', models.CharField(choices=[('vraag', 'Demand from the market'), ('investering', 'Investment needed'), ('fit', 'Fit with competences'), ('lokaal', 'Local tie')], max_length=12, verbose_name='criterion')),
                ('value', models.SmallIntegerField(verbose_name='value')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opportunities.baselinevalue')),
                ('rule_set', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='opportunities.ruleset')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('facts_version', models.PositiveIntegerField(verbose_name='version of the facts')),
                ('verdict', models.CharField(choices=[('hoog', 'High'), ('gemiddeld', 'Medium'), ('laag', 'Low'), ('onvolledig', 'Incomplete')], max_length=10, verbose_name='verdict')),
                ('lowest_verdict', models.CharField(choices=[('hoog', 'High'), ('gemiddeld', 'Medium'), ('laag', 'Low'), ('onvolledig', 'Incomplete')], max_length=10, verbose_name='lowest verdict still possible')),
                ('explanation', models.JSONField(verbose_name='criteria, rules and facts')),
                ('assessed_at', models.DateTimeField(verbose_name='assessed at')),
                ('confirmed_at', models.DateTimeField(verbose_name='last confirmed at')),
                ('is_current', models.BooleanField(default=True, verbose_name='current')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='profiles.company')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='opportunities.ruleset')),
            ],
            options={
                'verbose_name': 'assessment',
                'verbose_name_plural': 'assessments',
                'ordering': ('company', 'opportunity', '-assessed_at', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('company', 'opportunity'), name='assessment_one_current', violation_error_message='There is already a current assessment.'), models.CheckConstraint(condition=models.Q(('lowest_verdict__in', ['laag', 'gemiddeld', 'hoog'])), name='assessment_lowest_is_level', violation_error_message='The lowest verdict still possible is a level.'), models.CheckConstraint(condition=models.Q(('verdict', portal.common.vocabulary.Verdict['ONVOLLEDIG']), ('verdict', models.F('lowest_verdict')), _connector='OR'), name='assessment_lowest_fits', violation_error_message='A known verdict is also the lowest one.'), models.CheckConstraint(condition=models.Q(('opportunity__in', ['reshoring', 'fvdt', 'eigen_producten', 'samenwerking', 'enclave'])), name='assessment_opportunity_known', violation_error_message='Unknown opportunity.')],
            },
        ),
        migrations.CreateModel(
            name='RuleSetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=9, verbose_name='status')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what changed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opportunities.ruleset')),
                ('published_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty for the version that came with the portal.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'abstract': False,
            },
        ),
        portal.common.operations.InstallTriggers(
            model_names=['RuleSet', 'Rule', 'BaselineValue'],
        ),
    ]
