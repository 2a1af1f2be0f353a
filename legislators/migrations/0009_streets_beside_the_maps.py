"""Streets lie in a file beside the maps.

Locks: the tables it changes for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('legislators', '0008_published_zip_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='names_sha256',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='edition',
            name='streets_sha256',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AlterField(
            model_name='edition',
            name='layer',
            field=models.CharField(choices=[('cd', 'Congressional districts'), ('sldu', 'State upper districts'), ('sldl', 'State lower districts'), ('streets', 'Streets')], max_length=8),
        ),
    ]
