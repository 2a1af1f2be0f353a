"""Issues are published: at a time, taken down, corrected. Bills have public pages.

Locks: campaigns_issue, campaigns_bill and campaigns_brand for some milliseconds, once older
transactions have ended.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models


def find_public_bills(apps, schema_editor):
    """Of campaigns that everybody could read before."""
    link = apps.get_model("campaigns", "CampaignBill")
    public = link.objects.exclude(campaign__state="draft")
    bill = apps.get_model("campaigns", "Bill")
    bill.objects.filter(pk__in=public.values("bill")).update(is_public=True)
    of_issue = bill.issues.through
    of_issue.objects.bulk_create(
        of_issue(bill_id=pk, issue_id=issue)
        for pk, issue in set(public.values_list("bill", "campaign__issue"))
    )


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0027_merge_fields_help'),
    ]

    operations = [
        migrations.CreateModel(
            name='BillWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('summary', models.TextField(blank=True, help_text='What it would do, in plain words')),
                ('reason', models.TextField(blank=True, help_text='Why we are for or against it')),
            ],
        ),
        migrations.AddField(
            model_name='bill',
            name='is_public',
            field=models.BooleanField(db_default=False, default=False, help_text='It has an issue, or a campaign with a public page (campaigns.bills.public)'),
        ),
        migrations.AddField(
            model_name='bill',
            name='issues',
            field=models.ManyToManyField(blank=True, related_name='bills', to='campaigns.issue'),
        ),
        migrations.AddField(
            model_name='brand',
            name='newsletter_url',
            field=models.URLField(blank=True, db_default='', default='', help_text='Empty: the newsletter page here'),
        ),
        migrations.AddField(
            model_name='brand',
            name='social_links',
            field=models.JSONField(blank=True, db_default=[], default=list, help_text='Rows {"kind", "url"} (campaigns.social_links)'),
        ),
        migrations.AddField(
            model_name='issue',
            name='publish_at',
            field=models.DateTimeField(blank=True, db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, help_text='Empty: a draft', null=True),
        ),
        migrations.AddField(
            model_name='issue',
            name='unpublished_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='issue',
            name='unpublished_to',
            field=models.CharField(blank=True, db_default='', default='', help_text="Where its address leads since: a path here, or a listed host's page", max_length=300),
        ),
        migrations.AddField(
            model_name='issue',
            name='zone',
            field=models.CharField(blank=True, choices=[('America/New_York', 'Eastern Time'), ('America/Chicago', 'Central Time'), ('America/Denver', 'Mountain Time'), ('America/Phoenix', 'Arizona Time'), ('America/Los_Angeles', 'Pacific Time'), ('America/Anchorage', 'Alaska Time'), ('Pacific/Honolulu', 'Hawaii Time'), ('America/Puerto_Rico', 'Atlantic Time'), ('Pacific/Guam', 'Chamorro Time'), ('Pacific/Pago_Pago', 'Samoa Time')], db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='issuewords',
            name='corrections',
            field=models.JSONField(blank=True, db_default=[], default=list, help_text='Rows {"at", "said"}, the oldest first'),
        ),
        migrations.AddField(
            model_name='issuewords',
            name='why_now',
            field=models.TextField(blank=True, db_default='', default='', help_text='Markdown'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(condition=models.Q(('is_public', True)), fields=['jurisdiction', '-session', 'normalized', 'id'], name='public_bills_in_order'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(condition=models.Q(('is_public', True)), fields=['stage', 'jurisdiction', '-session', 'normalized', 'id'], name='public_bills_by_stage'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(condition=models.Q(('is_public', True), ('stage_on__isnull', False)), fields=['-stage_on', '-id'], name='public_bills_that_moved'),
        ),
        migrations.AddField(
            model_name='billwords',
            name='bill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='campaigns.bill'),
        ),
        migrations.AddConstraint(
            model_name='billwords',
            constraint=models.UniqueConstraint(fields=('bill', 'language'), name='one_set_of_words_per_bill_and_language'),
        ),
        migrations.RunPython(find_public_bills, migrations.RunPython.noop, elidable=True),
    ]
