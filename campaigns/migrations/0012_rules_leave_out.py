"""Rules name committees and roles on a bill, and may leave seats out.

Locks: campaigns_targetrule for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0011_one_brand')]

    operations = [
        migrations.AddField(
            model_name='targetrule',
            name='committees',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, help_text='Published codes: "HSAG", "HSAG15"; whoever sits on one of them'),
        ),
        migrations.AddField(
            model_name='targetrule',
            name='excludes',
            field=models.BooleanField(db_default=False, default=False, help_text='Its seats are left out, whatever names them'),
        ),
        migrations.AddField(
            model_name='targetrule',
            name='roles',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, help_text="On the campaign's bills: sponsor, cosponsor, neither (campaigns.bills.sponsors)"),
        ),
    ]
