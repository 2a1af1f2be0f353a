"""Lieutenant governors and attorneys general are chambers; an office of our own may read letters from
abroad.

Locks: legislators_customoffice,
for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('legislators', '0016_office_limits'),
    ]

    operations = [
        migrations.AddField(
            model_name='customoffice',
            name='takes_abroad',
            field=models.BooleanField(db_default=False, default=False, help_text='It reads letters of people outside the United States'),
        ),
        migrations.AlterField(
            model_name='seat',
            name='chamber',
            field=models.CharField(choices=[('us_house', 'U.S. House'), ('us_senate', 'U.S. Senate'), ('state_upper', 'State senate'), ('state_lower', 'State house'), ('state_unicameral', 'State legislature'), ('dc_council', 'Council of the District of Columbia'), ('governor', 'Governor'), ('lt_governor', 'Lieutenant governor'), ('attorney_general', 'Attorney general'), ('president', 'President'), ('custom', 'Other office')], max_length=20),
        ),
    ]
