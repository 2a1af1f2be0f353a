"""An action counts on without a supporter; seals of erased people are kept until they are settled.

Locks: actions_action for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0024_submissions_of_a_network'),
        ('supporters', '0010_erasures'),
        ('worker', '0016_no_permissions_of_its_own'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptSeal',
            fields=[
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='worker.delivery')),
                ('is_to_the_person', models.BooleanField()),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.AlterField(
            model_name='action',
            name='supporter',
            field=models.ForeignKey(blank=True, help_text="None once they were erased: it counts on, as nobody's (actions.erasing)", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supporters.supporter'),
        ),
    ]
