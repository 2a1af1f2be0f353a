"""What is kept of a burst while it lasts, and of the calculations that were handed in.

Locks: nothing that anybody waits for: two new tables.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0015_appeals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Burst',
            fields=[
                ('scope', models.CharField(help_text='A hash, or the ask', max_length=64, primary_key=True, serialize=False)),
                ('because', models.CharField(max_length=60)),
                ('began_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('demanded_until', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='UsedProof',
            fields=[
                ('nonce', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('used_at', models.DateTimeField()),
            ],
        ),
    ]
