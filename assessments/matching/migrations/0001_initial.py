import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import portal.common.operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('opportunities', '0001_initial'),
        ('profiles', '0001_initial'),
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=9, verbose_name='status')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what changed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('top_k', models.PositiveSmallIntegerField(default=50, verbose_name='matches stored per opportunity')),
                ('proposals_per_opportunity', models.PositiveSmallIntegerField(default=5, verbose_name='proposals per company and opportunity')),
                ('proposals_per_partner', models.PositiveSmallIntegerField(default=3, verbose_name='proposals per partner')),
                ('cooling_off_days', models.PositiveSmallIntegerField(default=365, verbose_name='days of rest after a refusal')),
                ('potential_high', models.PositiveIntegerField(default=1000000, verbose_name='potential at verdict high')),
                ('potential_medium', models.PositiveIntegerField(default=700000, verbose_name='potential at verdict medium')),
                ('potential_low', models.PositiveIntegerField(default=300000, verbose_name='potential at verdict low')),
                ('class_main', models.PositiveIntegerField(default=1000000, verbose_name='weight of a main activity')),
                ('class_secondary', models.PositiveIntegerField(default=700000, verbose_name='weight of a secondary activity')),
                ('class_ancillary', models.PositiveIntegerField(default=400000, verbose_name='weight of an ancillary activity')),
                ('published_by', models.ForeignKey(blank=True, help_text='Empty for the version that came with the portal.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'matching policy',
                'verbose_name_plural': 'matching policies',
                'ordering': ('-version',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('status',), name='policy_one_published', violation_error_message='Only one version can be published.'), models.CheckConstraint(condition=models.Q(('top_k__gte', 1)), name='policy_top_k', violation_error_message='Store at least one match.'), models.CheckConstraint(condition=models.Q(('potential_high__gte', 0), ('potential_high__lte', 1000000)), name='policy_potential_high_range', violation_error_message='A fraction lies between 0 and 1 000 000 millionths.'), models.CheckConstraint(condition=models.Q(('potential_medium__gte', 0), ('potential_medium__lte', 1000000)), name='policy_potential_medium_range', violation_error_message='A fraction lies between 0 and 1 000 000 millionths.'), models.CheckConstraint(condition=models.Q(('potential_low__gte', 0), ('potential_low__lte', 1000000)), name='policy_potential_low_range', violation_error_message='A fraction lies between 0 and 1 000 000 millionths.'), models.CheckConstraint(condition=models.Q(('class_main__gte', 0), ('class_main__lte', 1000000)), name='policy_class_main_range', violation_error_message='A fraction lies between 0 and 1 000 000 millionths.'), models.CheckConstraint(condition=models.Q(('class_secondary__gte', 0), ('class_secondary__lte', 1000000)), name='policy_class_secondary_range', violation_error_message='A fraction lies between 0 and 1 000 000 millionths.'), models.CheckConstraint(condition=models.Q(('class_ancillary__gte', 0), ('class_ancillary__lte', 1000000)), name='policy_class_ancillary_range', violation_error_message='A fraction lies between 0 and 1 000 000 millionths.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IN (\'published\', \'retired\'))', func="\n            IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status = 'retired' THEN\n                OLD.status := NEW.status;\n                IF OLD IS NOT DISTINCT FROM NEW THEN\n                    RETURN NEW;\n                END IF;\n            END IF;\n            RAISE EXCEPTION 'A published policy never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_frozen';\n        ", hash='214cc0d069aba536328d0bf33c89574d821e0545', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_ef862', table='matching_policy', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Affinity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('cell', models.CharField(blank=True, choices=[('grondstoffen-landbouw', 'Raw materials: agriculture'), ('grondstoffen-voeding', 'Raw materials: food'), ('grondstoffen-textiel', 'Raw materials: textile'), ('maak-metaal', 'Making: metal'), ('maak-hout', 'Making: wood'), ('maak-textiel', 'Making: textile'), ('maak-drukkerij', 'Making: printing'), ('handling-verpakking', 'Handling: packaging'), ('handling-voeding', 'Handling: food'), ('handling-textiel', 'Handling: textile')], max_length=30, verbose_name='activity')),
                ('own_version', models.CharField(blank=True, choices=[('2025', 'NACE 2025'), ('2008', 'NACE 2008'), ('2003', 'NACE 2003')], max_length=4, verbose_name='NACE version of work outside the study')),
                ('own_prefix', models.CharField(blank=True, max_length=7, verbose_name='own code or its beginning, for work outside the study')),
                ('nace_version', models.CharField(choices=[('2025', 'NACE 2025'), ('2008', 'NACE 2008'), ('2003', 'NACE 2003')], max_length=4, verbose_name='NACE version of the partner')),
                ('nace_prefix', models.CharField(max_length=7, verbose_name="partner's code or its beginning")),
                ('value', models.PositiveIntegerField(verbose_name='affinity in millionths')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affinities', to='matching.policy')),
            ],
            options={
                'verbose_name': 'affinity',
                'verbose_name_plural': 'affinities',
                'ordering': ('policy', 'opportunity', 'cell', 'own_version', 'own_prefix', 'nace_version', 'nace_prefix', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('policy', 'opportunity', 'cell', 'own_version', 'own_prefix', 'nace_version', 'nace_prefix'), name='affinity_once', violation_error_message='This affinity is already given.'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('cell', ''), _negated=True), ('own_prefix', ''), ('own_version', '')), models.Q(models.Q(('own_version', ''), _negated=True), models.Q(('own_prefix', ''), _negated=True), ('cell', '')), _connector='OR'), name='affinity_of_cell_or_code', violation_error_message='Give an activity, or an own code with its version.'), models.CheckConstraint(condition=models.Q(('nace_prefix__regex', '^\\d+$'), ('own_prefix__regex', '^\\d*$')), name='affinity_prefix_digits', violation_error_message='A code consists of digits only.'), models.CheckConstraint(condition=models.Q(('cell__in', ['', 'grondstoffen-landbouw', 'grondstoffen-voeding', 'grondstoffen-textiel', 'maak-metaal', 'maak-hout', 'maak-textiel', 'maak-drukkerij', 'handling-verpakking', 'handling-voeding', 'handling-textiel'])), name='affinity_cell_known', violation_error_message='Unknown activity.'), models.CheckConstraint(condition=models.Q(('nace_version__in', ['2003', '2008', '2025'])), name='affinity_version_known', violation_error_message='This is not a known version of the code list.'), models.CheckConstraint(condition=models.Q(('opportunity__in', ['reshoring', 'fvdt', 'eigen_producten', 'samenwerking', 'enclave'])), name='affinity_opportunity_known', violation_error_message='Unknown opportunity.'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 1000000)), name='affinity_range', violation_error_message='An affinity lies between 0 and 1 000 000.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT v.status INTO found FROM matching_policy v WHERE v.id = OLD.policy_id FOR SHARE;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'A published policy never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_content_frozen';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            SELECT v.status INTO found FROM matching_policy v WHERE v.id = NEW.policy_id FOR SHARE;\n            IF found <> 'draft' THEN\n                RAISE EXCEPTION 'A published policy never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_content_frozen';\n            END IF;\n            RETURN NEW;\n        ", hash='6c0b54041be702fe4be332784a71d007ccdf216c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_6360f', table='matching_affinity', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PolicyOpportunity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('radius_km', models.PositiveSmallIntegerField(verbose_name='default radius (km)')),
                ('verdict_floor', models.CharField(blank=True, choices=[('hoog', 'High'), ('gemiddeld', 'Medium'), ('laag', 'Low')], help_text='Empty: no floor.', max_length=10, verbose_name='lowest verdict that is matched')),
                ('weight_activity', models.PositiveIntegerField(default=350000, verbose_name='weight of activity')),
                ('weight_proximity', models.PositiveIntegerField(default=200000, verbose_name='weight of proximity')),
                ('weight_capacity', models.PositiveIntegerField(default=150000, verbose_name='weight of capacity')),
                ('weight_competence', models.PositiveIntegerField(default=100000, verbose_name='weight of competence')),
                ('weight_diversification', models.PositiveIntegerField(default=150000, verbose_name='weight of diversification')),
                ('weight_contact', models.PositiveIntegerField(default=50000, verbose_name='weight of contact')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opportunities', to='matching.policy')),
            ],
            options={
                'verbose_name': 'policy for an opportunity',
                'verbose_name_plural': 'policies for opportunities',
                'ordering': ('policy', 'opportunity', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('radius_km__gte', 1), ('radius_km__lte', 500)), name='policy_radius_range', violation_error_message='A radius lies between 1 and 500 km.'), models.UniqueConstraint(fields=('policy', 'opportunity'), name='policy_opportunity_once', violation_error_message='This opportunity is already in the policy.'), models.CheckConstraint(condition=models.Q(('opportunity__in', ['reshoring', 'fvdt', 'eigen_producten', 'samenwerking', 'enclave'])), name='policy_opportunity_known', violation_error_message='Unknown opportunity.'), models.CheckConstraint(condition=models.Q(('weight_activity', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(1000000), '-', models.F('weight_proximity')), '-', models.F('weight_capacity')), '-', models.F('weight_competence')), '-', models.F('weight_diversification')), '-', models.F('weight_contact')))), name='policy_weights_sum', violation_error_message='The six weights sum to 1 000 000.')],
                'triggers': [pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT v.status INTO found FROM matching_policy v WHERE v.id = OLD.policy_id FOR SHARE;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'A published policy never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_content_frozen';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN\n                RETURN OLD;\n            END IF;\n            SELECT v.status INTO found FROM matching_policy v WHERE v.id = NEW.policy_id FOR SHARE;\n            IF found <> 'draft' THEN\n                RAISE EXCEPTION 'A published policy never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_content_frozen';\n            END IF;\n            RETURN NEW;\n        ", hash='80070f22201e7c5499aca8f75150b584d4b1b14a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_42024', table='matching_policyopportunity', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='MatchRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('finished', 'Finished'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=10, verbose_name='status')),
                ('queued_at', models.DateTimeField(auto_now_add=True, verbose_name='queued at')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True, verbose_name='last heartbeat')),
                ('lease_expires_at', models.DateTimeField(blank=True, null=True, verbose_name='lease expires at')),
                ('claim_token', models.UUIDField(blank=True, editable=False, null=True, verbose_name='claim')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('progress_done', models.PositiveIntegerField(default=0, verbose_name='progress')),
                ('progress_total', models.PositiveIntegerField(default=0, verbose_name='progress total')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('input_hash', models.CharField(blank=True, max_length=64, verbose_name='hash of the input')),
                ('companies_count', models.PositiveIntegerField(default=0, verbose_name='companies')),
                ('partners_count', models.PositiveIntegerField(default=0, verbose_name='partners')),
                ('pairs_count', models.PositiveBigIntegerField(default=0, verbose_name='pairs looked at')),
                ('matches_count', models.PositiveIntegerField(default=0, verbose_name='matches')),
                ('proposals_count', models.PositiveIntegerField(default=0, verbose_name='proposals')),
                ('place_unknown_count', models.PositiveIntegerField(default=0, verbose_name='place unknown')),
                ('company', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='match_runs', to='profiles.company', verbose_name='only this company')),
                ('register_import', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='register.registerimport', verbose_name='register')),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
                ('rule_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='opportunities.ruleset', verbose_name='rule set')),
                ('policy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='matching.policy', verbose_name='policy')),
            ],
            options={
                'verbose_name': 'matching run',
                'verbose_name_plural': 'matching runs',
                'ordering': ('-queued_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('company__isnull', True), ('status', 'running')), fields=('status',), name='match_run_one_full_running', violation_error_message='A full run is already going on.'), models.UniqueConstraint(condition=models.Q(('company__isnull', True), ('status', 'queued')), fields=('status',), name='match_run_one_full_queued', violation_error_message='A full run is already waiting.'), models.UniqueConstraint(condition=models.Q(('status__in', ('queued', 'running'))), fields=('company', 'status'), name='match_run_one_per_company', violation_error_message='This company is already being matched.')],
            },
        ),
        migrations.CreateModel(
            name='CompanyState',
            fields=[
                ('company', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='matching_state', serialize=False, to='profiles.company')),
                ('facts_version', models.PositiveIntegerField(verbose_name='version of the facts')),
                ('assessments_hash', models.CharField(max_length=64, verbose_name='hash of the assessments')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='matching.matchrun', verbose_name='run')),
            ],
            options={
                'verbose_name': 'state of a company in matching',
                'verbose_name_plural': 'states of companies in matching',
                'ordering': ('company',),
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rank')),
                ('score', models.PositiveIntegerField(verbose_name='score in millionths')),
                ('potential', models.PositiveIntegerField(verbose_name='potential in millionths')),
                ('equal_others', models.PositiveIntegerField(default=0, verbose_name='other candidates with the same score and distance')),
                ('distance_m', models.PositiveIntegerField(verbose_name='distance in metres')),
                ('radius_m', models.PositiveIntegerField(verbose_name='radius in metres')),
                ('components', models.JSONField(verbose_name='components, weights, contributions')),
                ('evidence', models.JSONField(verbose_name='activities and codes that met')),
                ('proposed', models.BooleanField(default=False, verbose_name='proposed')),
                ('is_stale', models.BooleanField(default=False, verbose_name='not found any more')),
                ('found_at', models.DateTimeField(verbose_name='first found at')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='profiles.company')),
                ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='register.establishment', verbose_name='partner')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='matching.matchrun', verbose_name='last run that found it')),
            ],
            options={
                'verbose_name': 'match',
                'verbose_name_plural': 'matches',
                'ordering': ('company', 'opportunity', 'is_stale', 'rank', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('company', 'opportunity', 'establishment'), name='match_once', violation_error_message='This match already exists.'), models.CheckConstraint(condition=models.Q(('opportunity__in', ['reshoring', 'fvdt', 'eigen_producten', 'samenwerking', 'enclave'])), name='match_opportunity_known', violation_error_message='Unknown opportunity.'), models.CheckConstraint(condition=models.Q(('is_stale', False), ('proposed', False), _connector='OR'), name='match_stale_not_proposed', violation_error_message='A match that is not found any more is no proposal.'), models.CheckConstraint(condition=models.Q(('distance_m__lte', models.F('radius_m'))), name='match_within_radius', violation_error_message='A match lies within its radius.')],
            },
        ),
        portal.common.operations.InstallTriggers(
            model_names=['Policy', 'Affinity', 'PolicyOpportunity'],
        ),
    ]
