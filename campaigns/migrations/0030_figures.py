"""Impact figures that are set by hand.

Locks: nothing that exists; the table is new.
"""

import django.core.validators
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0029_publications'),
    ]

    operations = [
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instead_of', models.CharField(blank=True, choices=[('bills', 'Bills introduced that we support'), ('laws', 'Laws enacted and resolutions adopted'), ('states', 'States worked in'), ('actions', 'Actions people took'), ('letters', 'Letters known to have arrived')], help_text='Blank: beside what is counted', max_length=10)),
                ('number', models.PositiveIntegerField()),
                ('labels', models.JSONField(blank=True, default=dict, help_text='By language: {"en": "Briefs filed"}')),
                ('source', models.CharField(help_text='Who counted, and where that stands', max_length=200)),
                ('source_url', models.URLField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['https', 'http'])])),
                ('dated_on', models.DateField(default=django.utils.timezone.localdate, help_text='As of which day')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('is_demo', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('instead_of', ''), _negated=True), fields=('instead_of',), name='one_figure_instead_of_each_counted')],
            },
        ),
    ]
