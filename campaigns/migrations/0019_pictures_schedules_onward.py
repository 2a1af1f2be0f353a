"""Pictures on a campaign's page, its start and end by the clock, and where its thank-you leads on.

Locks: campaigns_campaign for some milliseconds; the tables are new.
"""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0018_partners'),
    ]

    operations = [
        migrations.CreateModel(
            name='OnwardHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(help_text='In small letters: "example.org"', max_length=253, unique=True)),
                ('added_by', models.CharField(max_length=254)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['host'],
            },
        ),
        migrations.CreateModel(
            name='Pixels',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name='campaign',
            name='onward_url',
            field=models.URLField(blank=True, db_default='', default='', help_text='Where its thank-you leads on to (campaigns.onward)', max_length=300),
        ),
        migrations.CreateModel(
            name='PictureFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(db_index=True, help_text='SHA-256 of `content`, and its address', max_length=64)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('content', models.BinaryField()),
                ('pixels', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='campaigns.pixels')),
            ],
            options={
                'ordering': ['width'],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('alt_texts', models.JSONField(blank=True, default=dict, help_text='By language: what who does not see it is told')),
                ('is_decorative', models.BooleanField(default=False, help_text='It says nothing that the words do not say.')),
                ('credit', models.CharField(blank=True, max_length=120)),
                ('is_head', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='campaigns.campaign')),
                ('pixels', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='campaigns.pixels')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'number'), name='one_picture_per_campaign_and_number'), models.UniqueConstraint(condition=models.Q(('is_head', True)), fields=('campaign',), name='one_picture_at_the_head_of_a_campaign')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zone', models.CharField(choices=[('America/New_York', 'Eastern Time'), ('America/Chicago', 'Central Time'), ('America/Denver', 'Mountain Time'), ('America/Phoenix', 'Arizona Time'), ('America/Los_Angeles', 'Pacific Time'), ('America/Anchorage', 'Alaska Time'), ('Pacific/Honolulu', 'Hawaii Time'), ('America/Puerto_Rico', 'Atlantic Time'), ('Pacific/Guam', 'Chamorro Time'), ('Pacific/Pago_Pago', 'Samoa Time')], max_length=40)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('is_announced', models.BooleanField(default=False, help_text='Until it opens, its address says when it does.')),
                ('stops_letters', models.BooleanField(default=True, help_text='At its end, as campaigns.models.Ending has it')),
                ('tells_signers', models.BooleanField(default=False, help_text='At its end, those who asked to hear what becomes of it')),
                ('author', models.CharField(help_text='Who set it last', max_length=254)),
                ('missed', models.CharField(blank=True, choices=[('start', 'It did not go live'), ('end', 'It did not close')], help_text='What did not happen at its time', max_length=5)),
                ('missed_at', models.DateTimeField(blank=True, help_text='When it should have', null=True)),
                ('missed_because', models.JSONField(blank=True, default=list, help_text='In English')),
                ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='schedule', to='campaigns.campaign')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('opens_at', None), ('closes_at', None), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='a_campaign_closes_after_it_opens')],
            },
        ),
    ]
