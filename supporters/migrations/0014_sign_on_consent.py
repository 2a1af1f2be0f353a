"""One more purpose of a consent: to be shown where they signed for an organization.

Locks: nothing; only what Django knows of the column changes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0013_former_keys'),
    ]

    operations = [
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('newsletter', 'Newsletter'), ('updates', 'What becomes of a campaign'), ('public_name', 'First name and place shown'), ('post', 'Invitations by post'), ('sample_text', 'Their words shown as an example'), ('sign_on', 'Shown where they signed for an organization')], max_length=20),
        ),
    ]
