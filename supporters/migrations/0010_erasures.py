"""Who was erased, as a keyed hash.

Locks: nobody: a new table.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0009_purposes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_index=True, help_text='supporters.people.key_of', max_length=64)),
                ('at', models.DateTimeField()),
            ],
        ),
    ]
