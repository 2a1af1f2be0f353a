"""Organizations that campaigns are carried with.

Locks: nothing that exists; the tables are new.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', "0017_lineage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('url', models.URLField(blank=True)),
                ('logo', models.BinaryField(blank=True, help_text='A PNG, re-encoded on upload')),
                ('has_logo', models.BooleanField(default=False)),
                ('wording', models.JSONField(blank=True, default=dict, help_text='Of its own box on forms, by language; none: no box')),
                ('is_active', models.BooleanField(default=True)),
                ('is_demo', models.BooleanField(default=False)),
                ('accounts', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_code', models.CharField(blank=True, help_text='Of the links it shares', max_length=40, validators=[django.core.validators.RegexValidator('^(?=.*[a-z])[a-z0-9][a-z0-9._-]{0,39}$', 'Small letters, digits, dots and dashes: library-flyer')])),
                ('has_box', models.BooleanField(default=False, help_text='Its own consent box on the form')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partnerships', to='campaigns.campaign')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='campaigns.partner')),
            ],
            options={
                'ordering': ['partner__name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'partner'), name='one_partnership_per_campaign_and_partner')],
            },
        ),
    ]
