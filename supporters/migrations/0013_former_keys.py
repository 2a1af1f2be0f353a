"""Keys that people had before a correction.

Locks: nothing that exists; the table is new.
"""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0012_paper_and_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='supporters.people.key_of', max_length=64)),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_keys', to='supporters.supporter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('supporter', 'key'), name='one_former_key_each')],
            },
        ),
    ]
