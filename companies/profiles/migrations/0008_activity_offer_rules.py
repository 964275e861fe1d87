import datetime

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0007_fit_activity_offer_rules'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('fte_band__in', ['', 'lt5', '5-19', '20-49', '50-99', 'ge100'])), name='activity_fte_band_known', violation_error_message='This is not a known size.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('nace_version__in', ['2003', '2008', '2025'])), name='activity_nace_version_known', violation_error_message='This is not a known version of the code list.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('series_size__in', ['', 'single', 'small', 'medium', 'large'])), name='activity_series_size_known', violation_error_message='This is not a known size of a series.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('seasonality__in', ['', 'steady', 'peaks', 'season'])), name='activity_seasonality_known', violation_error_message='This is not a known spread over the year.'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('enterprise_number__regex', '^([01]\\d{9})?$')), name='customer_number_form', violation_error_message='An enterprise number has ten digits, the first 0 or 1.'),
        ),
        migrations.AddConstraint(
            model_name='opportunityoffer',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('amount__lte', 1000000)), name='offer_amount_range', violation_error_message='An amount lies between 1 and 1,000,000.'),
        ),
        migrations.AddConstraint(
            model_name='opportunityoffer',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['', 'places', 'hours', 'volume'])), name='offer_unit_known', violation_error_message='This is not a known unit.'),
        ),
        migrations.AddConstraint(
            model_name='opportunityoffer',
            constraint=models.CheckConstraint(condition=models.Q(('volume_band__in', ['', 'lt10', '10-49', '50-199', '200-999', 'ge1000'])), name='offer_volume_band_known', violation_error_message='This is not a known volume band.'),
        ),
        migrations.AddConstraint(
            model_name='opportunityoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('unit', 'volume'), models.Q(('volume_band', ''), _negated=True)), models.Q(models.Q(('unit', 'volume'), _negated=True), ('volume_band', '')), _connector='OR'), name='offer_volume_in_band', violation_error_message='A volume is a band, never an amount.'),
        ),
        migrations.AddConstraint(
            model_name='opportunityoffer',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__gte', datetime.date(2000, 1, 1)), ('starts_on__lte', datetime.date(2100, 12, 31))), name='offer_start_range', violation_error_message='A date lies between 2000 and 2100.'),
        ),
        migrations.AddConstraint(
            model_name='opportunityoffer',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', datetime.date(2000, 1, 1)), ('ends_on__lte', datetime.date(2100, 12, 31))), name='offer_end_range', violation_error_message='A date lies between 2000 and 2100.'),
        ),
        migrations.AddConstraint(
            model_name='opportunityoffer',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='offer_period_order', violation_error_message='The offer ends before it starts.'),
        ),
    ]
