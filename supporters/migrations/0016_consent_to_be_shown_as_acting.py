"""A consent to be shown among the people who act.

Locks: nothing; the column stays as it is.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0015_story_purposes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('newsletter', 'Newsletter'), ('updates', 'What becomes of a campaign'), ('public_name', 'First name and place shown'), ('post', 'Invitations by post'), ('sample_text', 'Their words shown as an example'), ('sign_on', 'Shown where they signed for an organization'), ('story_page', 'Their story on a page of ours'), ('story_press', 'Their story shown to the press'), ('hero', 'Shown among the people who act')], max_length=20),
        ),
    ]
