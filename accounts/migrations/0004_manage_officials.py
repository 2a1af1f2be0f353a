"""Who holds an office and how it is reached is a right of its own.

Administrators and staff have it, as they could correct addresses before; the role "officials" has
it without seeing any supporter.

Locks: nothing for longer than a few rows of auth_group take.
"""

from django.db import migrations

ROLES = {
    "administrator": ["manage_officials"],
    "staff": ["manage_officials"],
    "officials": ["manage_officials", "see_outbox"],
}
NAMES = {
    "manage_officials": "Can say who holds an office, and how it is reached",
    "see_outbox": "Can read the outbox",
}


def give(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    content_type = apps.get_model("contenttypes", "ContentType")
    user_type, _ = content_type.objects.get_or_create(app_label="accounts", model="user")
    for role, rights in ROLES.items():
        row, _ = group.objects.get_or_create(name=role)
        for right in rights:
            allowed, _ = permission.objects.get_or_create(
                codename=right, content_type=user_type, defaults={"name": NAMES[right]}
            )
            row.permissions.add(allowed)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_audit_chain")]
    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "permissions": [
                    ("run_campaigns", "Can make, launch and watch campaigns"),
                    ("see_supporters", "Can see supporters"),
                    ("export_supporters", "Can export supporters"),
                    ("see_outbox", "Can read the outbox"),
                    ("hold_deliveries", "Can hold, release and settle deliveries"),
                    ("edit_brand", "Can edit the organization's name, logo, colours and links"),
                    ("manage_officials", "Can say who holds an office, and how it is reached"),
                ]
            },
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
