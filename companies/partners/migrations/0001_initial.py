import django.db.models.deletion
import pgtrigger.compiler
import portal.common.operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('profiles', '0001_initial'),
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', models.TextField(blank=True, verbose_name='what the partner does and seeks')),
                ('consented_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed to be shown at')),
                ('has_opted_out', models.BooleanField(default=False, verbose_name='wants no proposals')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo partner')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('consented_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed to be shown by')),
                ('establishment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='partner', to='register.establishment', verbose_name='establishment')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ('establishment__name_key', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('consented_at__isnull', False), ('consented_by__isnull', False)), models.Q(('consented_at__isnull', True), ('consented_by__isnull', True)), _connector='OR'), name='partner_consent_whole', violation_error_message='Consent needs a moment and a person.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnerevent" ("consented_at", "consented_by_id", "created_at", "description", "establishment_id", "has_opted_out", "id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."consented_at", NEW."consented_by_id", NEW."created_at", NEW."description", NEW."establishment_id", NEW."has_opted_out", NEW."id", NEW."is_demo", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='1934359ea54ff3fb4b6b84b67108470c58ce8ada', operation='INSERT', pgid='pgtrigger_insert_insert_71860', table='partners_partner', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_partnerevent" ("consented_at", "consented_by_id", "created_at", "description", "establishment_id", "has_opted_out", "id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."consented_at", NEW."consented_by_id", NEW."created_at", NEW."description", NEW."establishment_id", NEW."has_opted_out", NEW."id", NEW."is_demo", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='b64938071758a263cb0026895f1c7f89aeec29c1', operation='UPDATE', pgid='pgtrigger_update_update_17ece', table='partners_partner', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnerevent" ("consented_at", "consented_by_id", "created_at", "description", "establishment_id", "has_opted_out", "id", "is_demo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."consented_at", OLD."consented_by_id", OLD."created_at", OLD."description", OLD."establishment_id", OLD."has_opted_out", OLD."id", OLD."is_demo", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='004144bfe5c7f9bfdf0f42b9d4dff7cdf495464d', operation='DELETE', pgid='pgtrigger_delete_delete_e7dd8', table='partners_partner', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PartnerContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='partners.partner')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partner_contacts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'contact of a partner',
                'verbose_name_plural': 'contacts of partners',
                'ordering': ('partner', 'user', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('partner', 'user'), name='partner_contact_once', violation_error_message='This person is already a contact of this partner.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnercontactevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='4afaa9ce316326e93355f5edcd23f4536482c32b', operation='INSERT', pgid='pgtrigger_insert_insert_6fda6', table='partners_partnercontact', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_partnercontactevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='88a5a1e97509afa7bda0000ba4d0c41ece2c75be', operation='UPDATE', pgid='pgtrigger_update_update_ab0d5', table='partners_partnercontact', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnercontactevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='50998f2f2cea666126aa256785d829a54f72a621', operation='DELETE', pgid='pgtrigger_delete_delete_4f8d6', table='partners_partnercontact', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PartnerContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partner')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.partnercontact')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('description', models.TextField(blank=True, verbose_name='what the partner does and seeks')),
                ('consented_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed to be shown at')),
                ('has_opted_out', models.BooleanField(default=False, verbose_name='wants no proposals')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demo partner')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded at')),
                ('consented_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed to be shown by')),
                ('establishment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='register.establishment', verbose_name='establishment')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.partner')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnerNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('amount', models.PositiveIntegerField(blank=True, null=True, verbose_name='amount sought')),
                ('unit', models.CharField(blank=True, choices=[('places', 'places'), ('hours', 'hours a week'), ('volume', 'thousand units a year')], max_length=6, verbose_name='counted in')),
                ('radius_km', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='radius (km)')),
                ('competences', models.ManyToManyField(blank=True, help_text='A certificate in this list is required; a competence is a wish.', related_name='+', to='profiles.competence', verbose_name='competences asked')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='partners.partner')),
            ],
            options={
                'verbose_name': 'need of a partner',
                'verbose_name_plural': 'needs of partners',
                'ordering': ('partner', 'opportunity', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('partner', 'opportunity'), name='need_once', violation_error_message='There is already a need for this opportunity.'), models.CheckConstraint(condition=models.Q(('opportunity__in', ['reshoring', 'fvdt', 'eigen_producten', 'samenwerking', 'enclave'])), name='need_opportunity_known', violation_error_message='This is not one of the five opportunities.'), models.CheckConstraint(condition=models.Q(('radius_km__gte', 1), ('radius_km__lte', 500)), name='need_radius_range', violation_error_message='A radius lies between 1 and 500 km.'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), models.Q(('unit', ''), _negated=True), _connector='OR'), name='need_amount_has_unit', violation_error_message='Say in what the amount is counted.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnerneedevent" ("amount", "id", "opportunity", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "radius_km", "unit") VALUES (NEW."amount", NEW."id", NEW."opportunity", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."radius_km", NEW."unit"); RETURN NULL;', hash='226b246b4cae0aa406a115aeee971f496ba5a946', operation='INSERT', pgid='pgtrigger_insert_insert_c6a70', table='partners_partnerneed', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_partnerneedevent" ("amount", "id", "opportunity", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "radius_km", "unit") VALUES (NEW."amount", NEW."id", NEW."opportunity", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."radius_km", NEW."unit"); RETURN NULL;', hash='36d11cb74d797330931add9e32660e655a47ccf1', operation='UPDATE', pgid='pgtrigger_update_update_5dd58', table='partners_partnerneed', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnerneedevent" ("amount", "id", "opportunity", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "radius_km", "unit") VALUES (OLD."amount", OLD."id", OLD."opportunity", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."radius_km", OLD."unit"); RETURN NULL;', hash='3219c539b2fb26b96940637d0413ea86aaf102bb', operation='DELETE', pgid='pgtrigger_delete_delete_69a8f', table='partners_partnerneed', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='NeedCompetenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('competence', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='profiles.competence')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('partnerneed', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partnerneed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnerNeedEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
                ('amount', models.PositiveIntegerField(blank=True, null=True, verbose_name='amount sought')),
                ('unit', models.CharField(blank=True, choices=[('places', 'places'), ('hours', 'hours a week'), ('volume', 'thousand units a year')], max_length=6, verbose_name='counted in')),
                ('radius_km', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='radius (km)')),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partner')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.partnerneed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NeedCompetence',
            fields=[
            ],
            options={
                'verbose_name': 'competence asked by a partner',
                'verbose_name_plural': 'competences asked by partners',
                'ordering': ('pk',),
                'proxy': True,
                'indexes': [],
                'constraints': [],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_needcompetenceevent" ("competence_id", "id", "partnerneed_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."competence_id", NEW."id", NEW."partnerneed_id", _pgh_attach_context(), NOW(), \'insert\'); RETURN NULL;', hash='9ef871856ace3c3551e76495679eb7d8fe060502', operation='INSERT', pgid='pgtrigger_insert_insert_9484f', table='partners_partnerneed_competences', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_needcompetenceevent" ("competence_id", "id", "partnerneed_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."competence_id", NEW."id", NEW."partnerneed_id", _pgh_attach_context(), NOW(), \'update\'); RETURN NULL;', hash='4ac0708bdf9ebf0c53060410ff87fb5a3b120433', operation='UPDATE', pgid='pgtrigger_update_update_00ed4', table='partners_partnerneed_competences', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_needcompetenceevent" ("competence_id", "id", "partnerneed_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."competence_id", OLD."id", OLD."partnerneed_id", _pgh_attach_context(), NOW(), \'delete\'); RETURN NULL;', hash='65808a803cf39485f73ae604dc0ad435bbb0918b', operation='DELETE', pgid='pgtrigger_delete_delete_a2896', table='partners_partnerneed_competences', when='AFTER'))],
            },
            bases=('partners.partnerneed_competences',),
        ),
        portal.common.operations.InstallTriggers(
            model_names=['Partner', 'PartnerContact', 'PartnerNeed', 'NeedCompetence'],
        ),
    ]
