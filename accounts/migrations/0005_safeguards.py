"""Switching off what protects a campaign's supporters is a right of administrators alone.

Locks: nothing for longer than a few rows of auth_group take.
"""

from django.db import migrations


RIGHT, NAME = "change_safeguards", "Can switch off what protects a campaign's supporters"


def give(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    content_type = apps.get_model("contenttypes", "ContentType")
    user_type, _ = content_type.objects.get_or_create(app_label="accounts", model="user")
    allowed, _ = permission.objects.get_or_create(
        codename=RIGHT, content_type=user_type, defaults={"name": NAME}
    )
    administrators, _ = group.objects.get_or_create(name="administrator")
    administrators.permissions.add(allowed)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_manage_officials'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='user',
            options={'permissions': [('run_campaigns', 'Can make, launch and watch campaigns'), ('see_supporters', 'Can see supporters'), ('export_supporters', 'Can export supporters'), ('see_outbox', 'Can read the outbox'), ('hold_deliveries', 'Can hold, release and settle deliveries'), ('edit_brand', "Can edit the organization's name, logo, colours and links"), ('manage_officials', 'Can say who holds an office, and how it is reached'), ('change_safeguards', "Can switch off what protects a campaign's supporters")]},
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
