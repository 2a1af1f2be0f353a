"""Bills as rows, with their history, their sponsors and their campaigns.

Locks: nothing that is there already; campaigns_campaign and legislators_legislator for some
milliseconds, where the new tables point at them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0007_changes_keep_words'),
        ('legislators', '0015_zip_land_shares'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.CharField(blank=True, help_text='A state\'s code or "US"; blank: not told', max_length=2)),
                ('session', models.CharField(blank=True, help_text='As published: "2027", "2027S1"; a Congress: "120"', max_length=60)),
                ('identifier', models.CharField(help_text='As people say it: "H.R. 1234", "SB 17"', max_length=60)),
                ('normalized', models.CharField(help_text='As machines compare it: "HR 1234" (campaigns.bills.naming)', max_length=60)),
                ('title', models.TextField(blank=True)),
                ('stance', models.CharField(blank=True, choices=[('pro', 'Support'), ('con', 'Oppose')], help_text='Ours; blank: watched only', max_length=3)),
                ('stage', models.CharField(blank=True, choices=[('introduced', 'Introduced'), ('committee', 'In committee'), ('reported', 'Out of committee'), ('passed_one', 'Passed one chamber'), ('passed', 'Passed the legislature'), ('executive', 'Waits for a signature'), ('voters', 'Goes to the voters'), ('law', 'Became law'), ('adopted', 'Adopted'), ('vetoed', 'Vetoed'), ('failed', 'Failed'), ('withdrawn', 'Withdrawn')], max_length=12)),
                ('stage_on', models.DateField(blank=True, help_text='Since when, where that is known', null=True)),
                ('openstates_id', models.CharField(blank=True, help_text='"ocd-bill/..."', max_length=80)),
                ('links', models.JSONField(blank=True, default=list, help_text='Rows {"url", "label"}')),
                ('is_demo', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['jurisdiction', '-session', 'normalized', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BillStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('introduced', 'Introduced'), ('committee', 'In committee'), ('reported', 'Out of committee'), ('passed_one', 'Passed one chamber'), ('passed', 'Passed the legislature'), ('executive', 'Waits for a signature'), ('voters', 'Goes to the voters'), ('law', 'Became law'), ('adopted', 'Adopted'), ('vetoed', 'Vetoed'), ('failed', 'Failed'), ('withdrawn', 'Withdrawn')], max_length=12)),
                ('happened_on', models.DateField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('author', models.CharField(max_length=254)),
                ('source', models.CharField(blank=True, help_text='Blank: typed at the desk', max_length=60)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('bill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='campaigns.bill')),
            ],
            options={
                'ordering': ['bill', '-id'],
            },
        ),
        migrations.CreateModel(
            name='CampaignBill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('bill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaign_links', to='campaigns.bill')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bill_links', to='campaigns.campaign')),
            ],
            options={
                'ordering': ['campaign', 'position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='bill',
            name='campaigns',
            field=models.ManyToManyField(related_name='bills', through='campaigns.CampaignBill', to='campaigns.campaign'),
        ),
        migrations.CreateModel(
            name='BillSponsor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('sponsor', 'Sponsor'), ('cosponsor', 'Cosponsor')], max_length=10)),
                ('name', models.CharField(help_text='As the bill has it', max_length=200)),
                ('is_committee', models.BooleanField(default=False)),
                ('doubt', models.CharField(blank=True, help_text='Why no legislator could be told; blank: none', max_length=300)),
                ('bill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sponsors', to='campaigns.bill')),
                ('legislator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='legislators.legislator')),
            ],
            options={
                'ordering': ['bill', '-role', 'name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('bill', 'legislator'), name='one_role_per_bill_and_legislator')],
            },
        ),
        migrations.AddConstraint(
            model_name='campaignbill',
            constraint=models.UniqueConstraint(fields=('campaign', 'bill'), name='one_link_per_campaign_and_bill'),
        ),
        migrations.AddConstraint(
            model_name='bill',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('jurisdiction', ''), _negated=True), models.Q(('session', ''), _negated=True)), fields=('jurisdiction', 'session', 'normalized'), name='one_bill_per_session_and_identifier'),
        ),
        migrations.AddConstraint(
            model_name='bill',
            constraint=models.UniqueConstraint(condition=models.Q(('openstates_id', ''), _negated=True), fields=('openstates_id',), name='one_bill_per_openstates_id'),
        ),
    ]
