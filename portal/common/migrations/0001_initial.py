from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CspReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=32, verbose_name='key')),
                ('page', models.CharField(blank=True, max_length=300, verbose_name='page')),
                ('directive', models.CharField(blank=True, max_length=300, verbose_name='rule')),
                ('blocked', models.CharField(blank=True, max_length=300, verbose_name='stopped')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('line', models.PositiveIntegerField(default=0, verbose_name='line')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='times')),
                ('first_seen_at', models.DateTimeField(verbose_name='first seen')),
                ('last_seen_at', models.DateTimeField(verbose_name='last seen')),
            ],
            options={
                'verbose_name': 'CSP report',
                'verbose_name_plural': 'CSP reports',
                'ordering': ('-last_seen_at', '-pk'),
                'constraints': [models.UniqueConstraint(fields=('key',), name='csp_report_counted_once', violation_error_message='This report is already there; it is counted.'), models.CheckConstraint(condition=models.Q(('times__gte', 1)), name='csp_report_seen', violation_error_message='A report was seen at least once.')],
            },
        ),
    ]
