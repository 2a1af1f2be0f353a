"""A bill may be a treaty, with stages of its own; a campaign may invite people outside the United
States.

Locks: campaigns_bill and campaigns_campaign,
for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0034_takes_stories')]

    operations = [
        migrations.AddField(
            model_name='bill',
            name='kind',
            field=models.CharField(choices=[('bill', 'Bill or resolution'), ('treaty', 'Treaty')], db_default='bill', default='bill', max_length=8),
        ),
        migrations.AddField(
            model_name='campaign',
            name='invites_abroad',
            field=models.BooleanField(db_default=False, default=False, help_text='Whoever lives outside the United States may write or call, where it is heard.'),
        ),
        migrations.AlterField(
            model_name='bill',
            name='stage',
            field=models.CharField(blank=True, choices=[('signed', 'Signed'), ('submitted', 'Sent to the Senate'), ('introduced', 'Introduced'), ('committee', 'In committee'), ('reported', 'Out of committee'), ('passed_one', 'Passed one chamber'), ('consented', 'The Senate consented'), ('passed', 'Passed the legislature'), ('executive', 'Waits for a signature'), ('voters', 'Goes to the voters'), ('law', 'Became law'), ('adopted', 'Adopted'), ('ratified', 'Ratified'), ('vetoed', 'Vetoed'), ('failed', 'Failed'), ('withdrawn', 'Withdrawn')], max_length=12),
        ),
        migrations.AlterField(
            model_name='billstage',
            name='stage',
            field=models.CharField(choices=[('signed', 'Signed'), ('submitted', 'Sent to the Senate'), ('introduced', 'Introduced'), ('committee', 'In committee'), ('reported', 'Out of committee'), ('passed_one', 'Passed one chamber'), ('consented', 'The Senate consented'), ('passed', 'Passed the legislature'), ('executive', 'Waits for a signature'), ('voters', 'Goes to the voters'), ('law', 'Became law'), ('adopted', 'Adopted'), ('ratified', 'Ratified'), ('vetoed', 'Vetoed'), ('failed', 'Failed'), ('withdrawn', 'Withdrawn')], max_length=12),
        ),
        migrations.AlterField(
            model_name='breakdown',
            name='side',
            field=models.CharField(choices=[('whole', 'Whole'), ('day', 'Day'), ('hour', 'Hour'), ('state', 'State'), ('country', 'Country'), ('cd', 'Congressional district'), ('sldu', 'State senate district'), ('sldl', 'State house district'), ('office', 'Office'), ('source', 'Source'), ('language', 'Language'), ('words', 'Words'), ('evidence', 'Letters'), ('host', 'Host'), ('told', 'Told'), ('choice', 'Choice')], max_length=10),
        ),
    ]
