import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='PostalPoint',
            fields=[
                ('postcode', models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name='postcode')),
                ('name', models.CharField(max_length=120, verbose_name='place')),
                ('province', models.CharField(choices=[('antwerpen', 'Antwerp'), ('limburg', 'Limburg'), ('oost-vlaanderen', 'East Flanders'), ('vlaams-brabant', 'Flemish Brabant'), ('west-vlaanderen', 'West Flanders'), ('brussel', 'Brussels'), ('waals-brabant', 'Walloon Brabant'), ('henegouwen', 'Hainaut'), ('luik', 'Liège'), ('luxemburg', 'Luxembourg'), ('namen', 'Namur')], max_length=20, verbose_name='province')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('x_m', models.IntegerField(verbose_name='x in metres (Lambert 2008)')),
                ('y_m', models.IntegerField(verbose_name='y in metres (Lambert 2008)')),
            ],
            options={
                'verbose_name': 'postal point',
                'verbose_name_plural': 'postal points',
                'ordering': ('postcode',),
            },
        ),
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('number', models.CharField(max_length=10, primary_key=True, serialize=False, verbose_name='enterprise number')),
                ('name', models.CharField(max_length=320, verbose_name='name')),
                ('name_key', models.CharField(editable=False, max_length=320)),
                ('is_natural_person', models.BooleanField(default=False, verbose_name='natural person')),
                ('legal_form', models.CharField(blank=True, max_length=3, verbose_name='legal form (KBO code)')),
                ('legal_situation', models.CharField(blank=True, max_length=3, verbose_name='legal situation (KBO code)')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='start date')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='street')),
                ('house_number', models.CharField(blank=True, max_length=30, verbose_name='number')),
                ('box', models.CharField(blank=True, max_length=30, verbose_name='box')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='postcode')),
                ('municipality', models.CharField(blank=True, max_length=120, verbose_name='municipality')),
                ('country', models.CharField(blank=True, max_length=100, verbose_name='country, empty for Belgium')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
            ],
            options={
                'verbose_name': 'enterprise',
                'verbose_name_plural': 'enterprises',
                'ordering': ('name_key', 'number'),
                'indexes': [models.Index(fields=['name_key', 'number'], name='enterprise_name_key'), models.Index(fields=['name_key'], name='enterprise_name_prefix', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__regex', '^[01]\\d{9}$')), name='enterprise_number_form', violation_error_message='An enterprise number has ten digits, the first 0 or 1.')],
            },
        ),
        migrations.CreateModel(
            name='Establishment',
            fields=[
                ('number', models.CharField(max_length=10, primary_key=True, serialize=False, verbose_name='establishment number')),
                ('name', models.CharField(max_length=320, verbose_name='name')),
                ('name_key', models.CharField(editable=False, max_length=320)),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='start date')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='street')),
                ('house_number', models.CharField(blank=True, max_length=30, verbose_name='number')),
                ('box', models.CharField(blank=True, max_length=30, verbose_name='box')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='postcode')),
                ('municipality', models.CharField(blank=True, max_length=120, verbose_name='municipality')),
                ('province', models.CharField(blank=True, choices=[('antwerpen', 'Antwerp'), ('limburg', 'Limburg'), ('oost-vlaanderen', 'East Flanders'), ('vlaams-brabant', 'Flemish Brabant'), ('west-vlaanderen', 'West Flanders'), ('brussel', 'Brussels'), ('waals-brabant', 'Walloon Brabant'), ('henegouwen', 'Hainaut'), ('luik', 'Liège'), ('luxemburg', 'Luxembourg'), ('namen', 'Namur')], max_length=20, verbose_name='province')),
                ('x_m', models.IntegerField(blank=True, null=True, verbose_name='x in metres (Lambert 2008)')),
                ('y_m', models.IntegerField(blank=True, null=True, verbose_name='y in metres (Lambert 2008)')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='establishments', to='register.enterprise', verbose_name='enterprise')),
            ],
            options={
                'verbose_name': 'establishment',
                'verbose_name_plural': 'establishments',
                'ordering': ('name_key', 'number'),
                'indexes': [models.Index(fields=['name_key', 'number'], name='establishment_name_key'), models.Index(fields=['name_key'], name='establishment_name_prefix', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__regex', '^[2-8]\\d{9}$')), name='establishment_number_form', violation_error_message='An establishment number has ten digits, the first from 2 to 8.'), models.CheckConstraint(condition=models.Q(models.Q(('x_m__isnull', True), ('y_m__isnull', True)), models.Q(('x_m__isnull', False), ('y_m__isnull', False)), _connector='OR'), name='establishment_point_whole', violation_error_message='A point needs both coordinates.')],
            },
        ),
        migrations.CreateModel(
            name='EstablishmentActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(choices=[('2025', 'NACE 2025'), ('2008', 'NACE 2008'), ('2003', 'NACE 2003')], max_length=4, verbose_name='version')),
                ('code', models.CharField(max_length=7, verbose_name='code')),
                ('classification', models.CharField(choices=[('MAIN', 'Main'), ('SECO', 'Secondary'), ('ANCI', 'Ancillary')], max_length=4, verbose_name='classification')),
                ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='register.establishment')),
            ],
            options={
                'verbose_name': 'activity of an establishment',
                'verbose_name_plural': 'activities of establishments',
                'ordering': ('establishment', 'classification', 'code', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('establishment', 'version', 'code'), name='establishment_activity_once', violation_error_message='This activity is already listed.')],
            },
        ),
        migrations.CreateModel(
            name='KnownNumber',
            fields=[
                ('number', models.CharField(max_length=10, primary_key=True, serialize=False, verbose_name='enterprise number')),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='known since')),
            ],
            options={
                'verbose_name': 'known number',
                'verbose_name_plural': 'known numbers',
                'ordering': ('number',),
                'constraints': [models.CheckConstraint(condition=models.Q(('number__regex', '^[01]\\d{9}$')), name='known_number_form', violation_error_message='An enterprise number has ten digits, the first 0 or 1.')],
            },
        ),
        migrations.CreateModel(
            name='NaceCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(choices=[('2025', 'NACE 2025'), ('2008', 'NACE 2008'), ('2003', 'NACE 2003')], max_length=4, verbose_name='version')),
                ('code', models.CharField(max_length=7, verbose_name='code')),
                ('label_nl', models.CharField(blank=True, max_length=400, verbose_name='Dutch label')),
                ('label_fr', models.CharField(blank=True, max_length=400, verbose_name='French label')),
                ('label_en', models.CharField(blank=True, max_length=400, verbose_name='English label')),
            ],
            options={
                'verbose_name': 'NACE code',
                'verbose_name_plural': 'NACE codes',
                'ordering': ('version', 'code', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='nace_code_once_per_version', violation_error_message='This code already exists in this version.')],
            },
        ),
        migrations.CreateModel(
            name='RegisterImport',
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
                ('source_name', models.CharField(max_length=300, verbose_name='file or folder')),
                ('extract_type', models.CharField(blank=True, choices=[('full', 'Full'), ('update', 'Update')], max_length=6, verbose_name='kind of extract')),
                ('extract_number', models.PositiveIntegerField(blank=True, null=True, verbose_name='extract number')),
                ('snapshot_on', models.DateField(blank=True, null=True, verbose_name='state of')),
                ('counts', models.JSONField(blank=True, default=dict, verbose_name='rows kept, by kind')),
                ('rejects', models.JSONField(blank=True, default=list, verbose_name='rows refused: file, line, reason')),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
            ],
            options={
                'verbose_name': 'register import',
                'verbose_name_plural': 'register imports',
                'ordering': ('-queued_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'running')), fields=('status',), name='register_import_one_running', violation_error_message='Another import is going on.')],
            },
        ),
        migrations.CreateModel(
            name='WatchedNace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(choices=[('2025', 'NACE 2025'), ('2008', 'NACE 2008'), ('2003', 'NACE 2003')], max_length=4, verbose_name='version')),
                ('prefix', models.CharField(max_length=7, verbose_name='code or its beginning')),
                ('opportunity', models.CharField(choices=[('reshoring', 'Reshoring'), ('fvdt', 'Factories of the future'), ('eigen_producten', 'Own products'), ('samenwerking', 'Partnerships'), ('enclave', 'Enclave work')], max_length=20, verbose_name='opportunity')),
            ],
            options={
                'verbose_name': 'watched NACE code',
                'verbose_name_plural': 'watched NACE codes',
                'ordering': ('version', 'prefix', 'opportunity', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('version', 'prefix', 'opportunity'), name='watched_nace_once', violation_error_message='This code is already watched for this opportunity.'), models.CheckConstraint(condition=models.Q(('opportunity__in', ['reshoring', 'fvdt', 'eigen_producten', 'samenwerking', 'enclave'])), name='watched_nace_opportunity_known', violation_error_message='This is not one of the five opportunities.'), models.CheckConstraint(condition=models.Q(('version__in', ['2003', '2008', '2025'])), name='watched_nace_version_known', violation_error_message='This is not a known version of the code list.')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(choices=[('2025', 'NACE 2025'), ('2008', 'NACE 2008'), ('2003', 'NACE 2003')], max_length=4, verbose_name='version')),
                ('code', models.CharField(max_length=7, verbose_name='code')),
                ('classification', models.CharField(choices=[('MAIN', 'Main'), ('SECO', 'Secondary'), ('ANCI', 'Ancillary')], max_length=4, verbose_name='classification')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='register.enterprise')),
            ],
            options={
                'verbose_name': 'activity of an enterprise',
                'verbose_name_plural': 'activities of enterprises',
                'ordering': ('enterprise', 'classification', 'code', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('enterprise', 'version', 'code'), name='enterprise_activity_once', violation_error_message='This activity is already listed.')],
            },
        ),
    ]
