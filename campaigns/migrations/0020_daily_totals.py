"""Daily totals, published as a chain.

Locks: nothing that exists; the table is new.
"""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0019_pictures_schedules_onward')]

    operations = [
        migrations.CreateModel(
            name='DailyTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='1, 2, 3: none is left out', unique=True)),
                ('day', models.DateField(help_text='The last day that it counts', unique=True)),
                ('line', models.TextField(help_text='As published, without its line break')),
                ('hash', models.CharField(help_text="SHA-256 of the line's UTF-8 bytes", max_length=64)),
                ('published_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
    ]
