"""Mailing a campaign's updates to its signers is a right of its own, which asks for a second factor.

Whoever runs campaigns has it.

Locks: nothing for longer than a few rows of auth_group and accounts_user_user_permissions take.
"""

from django.db import migrations

RIGHT, NAME = "send_updates", "Can mail a campaign's updates to its signers"


def give(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    content_type = apps.get_model("contenttypes", "ContentType")
    user_type, _ = content_type.objects.get_or_create(app_label="accounts", model="user")
    allowed, _ = permission.objects.get_or_create(
        codename=RIGHT, content_type=user_type, defaults={"name": NAME}
    )
    for name in ("administrator", "organizer"):
        role, _ = group.objects.get_or_create(name=name)
        role.permissions.add(allowed)
    runs = permission.objects.filter(codename="run_campaigns", content_type=user_type)
    for role in group.objects.filter(permissions__in=runs):
        role.permissions.add(allowed)
    for user in apps.get_model("accounts", "User").objects.filter(user_permissions__in=runs):
        user.user_permissions.add(allowed)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_see_campaigns")]

    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={'permissions': [('run_campaigns', 'Can make, launch and watch campaigns'), ('see_supporters', 'Can see supporters'), ('export_supporters', 'Can export supporters'), ('see_outbox', 'Can read the outbox'), ('hold_deliveries', 'Can hold, release and settle deliveries'), ('edit_brand', "Can edit the organization's name, logo, colours and links"), ('manage_officials', 'Can say who holds an office, and how it is reached'), ('change_safeguards', "Can switch off what protects a campaign's supporters"), ('see_campaigns', 'Can see campaigns and their numbers'), ('manage_people', 'Can invite people, give roles and read the audit log'), ('send_updates', "Can mail a campaign's updates to its signers")]},
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
