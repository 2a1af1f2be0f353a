"""A sign-on letter may have a PDF in each language, as it will be delivered.

Locks: campaigns_signonwords and campaigns_publicationfile, for some milliseconds, once older
transactions have ended.
"""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0036_campaigns_in_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='signonwords',
            name='file',
            field=models.ForeignKey(blank=True, db_index=False, help_text='As it will be delivered', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_on_words', to='campaigns.publicationfile'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='instead_of',
            field=models.CharField(blank=True, choices=[('bills', 'Bills introduced that we support'), ('laws', 'Laws enacted and resolutions adopted'), ('states', 'States worked in'), ('actions', 'Actions people took'), ('letters', 'Letters known to have arrived'), ('signed_on', 'Organizations on our letters')], help_text='Blank: beside what is counted', max_length=10),
        ),
    ]
