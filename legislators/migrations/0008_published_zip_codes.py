"""Columns and tables for what is published of ZIP codes.

Locks: nothing that anybody uses: the table is new.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('legislators', '0007_contacts_typed_here'),
    ]

    operations = [
        migrations.CreateModel(
            name='ZipCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zip', models.CharField(max_length=5)),
                ('state', models.CharField(blank=True, help_text='Blank for military mail.', max_length=2)),
                ('city', models.CharField(help_text='In capitals, letters only', max_length=60)),
                ('lat', models.FloatField()),
                ('lon', models.FloatField()),
                ('is_box', models.BooleanField(default=False, help_text='Published at the point of another: it has no streets of its own.')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'city'], name='legislators_state_685367_idx')],
                'constraints': [models.UniqueConstraint(fields=('zip', 'state', 'city'), name='one_row_per_zip_and_town')],
            },
        ),
    ]
