"""Links that fill in a form's first lines, once.

Locks: supporters_supporter for some milliseconds (the foreign key); the table is new.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0010_erasures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Prefill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('ends_at', models.DateTimeField(db_index=True)),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='supporters.supporter')),
            ],
        ),
    ]
