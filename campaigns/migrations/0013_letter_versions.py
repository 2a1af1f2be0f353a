"""A letter in versions, several subjects, prompts of its own, and who held its seats.

Locks: campaigns_ask and campaigns_askwords for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0012_rules_leave_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='ask',
            name='more_subjects',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, help_text='Others beside it: each action gets one of them all (campaigns.subjects)'),
        ),
        migrations.AddField(
            model_name='askwords',
            name='prompts',
            field=models.TextField(blank=True, db_default='', default='', help_text="Questions beside somebody's own words, one a line; blank: ours"),
        ),
        migrations.CreateModel(
            name='LetterVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('states', models.JSONField(blank=True, default=list)),
                ('chambers', models.JSONField(blank=True, default=list)),
                ('parties', models.JSONField(blank=True, default=list)),
                ('seats', models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, help_text='Ids of seats: these and no others')),
                ('committees', models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, help_text='Published codes: "HSAG", "HSAG15"; whoever sits on one of them')),
                ('roles', models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, help_text="On the campaign's bills: sponsor, cosponsor, neither (campaigns.bills.sponsors)")),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('name', models.CharField(max_length=60)),
                ('approach', models.CharField(blank=True, choices=[('thank', 'Thank'), ('press', 'Press'), ('inform', 'Inform')], max_length=10)),
                ('subject', models.CharField(max_length=200)),
                ('more_subjects', models.JSONField(blank=True, default=list, help_text="As the ask's")),
                ('body', models.TextField(help_text="As the ask's letter")),
                ('translations', models.JSONField(blank=True, default=dict, help_text='Language -> the letter, to understand what is signed')),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='campaigns.ask')),
            ],
            options={
                'ordering': ['ask', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TargetsSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_on', models.DateField()),
                ('rules', models.CharField(help_text='Digest of its rules: edits are no turnover', max_length=64)),
                ('holders', models.JSONField(default=dict, help_text="Seat's id -> its holder's id; 0 where nobody is known")),
                ('ask', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='targets_seen', to='campaigns.ask')),
            ],
        ),
        migrations.CreateModel(
            name='TargetTurnover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before_on', models.DateField()),
                ('seen_on', models.DateField()),
                ('changes', models.JSONField(default=list)),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turnovers', to='campaigns.ask')),
            ],
            options={
                'ordering': ['ask', '-seen_on'],
                'constraints': [models.UniqueConstraint(fields=('ask', 'seen_on'), name='one_turnover_per_ask_and_day')],
            },
        ),
    ]
