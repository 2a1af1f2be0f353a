"""An export may be a partner's own opt-ins.

Locks: nothing; no column changes in the database.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0008_verdicts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='export',
            name='kind',
            field=models.CharField(choices=[('supporters', 'supporters'), ('petition', 'petition'), ('partner', 'partner')], default='supporters', max_length=12),
        ),
    ]
