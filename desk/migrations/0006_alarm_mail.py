"""When administrators were last told of an alarm.

Locks: nothing that is used.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0005_resends_resume")]

    operations = [
        migrations.CreateModel(
            name="AlarmMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("sent_on", models.DateField()),
            ],
        ),
    ]
