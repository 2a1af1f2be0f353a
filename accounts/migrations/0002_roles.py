"""The roles, from the first day: groups with the rights of accounts.User."""

from django.db import migrations

ROLES = {
    "administrator": [
        "run_campaigns",
        "see_supporters",
        "export_supporters",
        "see_outbox",
        "hold_deliveries",
        "edit_brand",
    ],
    "organizer": ["run_campaigns", "see_outbox"],
    "staff": ["see_supporters", "see_outbox", "hold_deliveries"],
    "exporter": ["export_supporters"],
    "partner": [],
    "read-only": [],
}
NAMES = {
    "run_campaigns": "Can make, launch and watch campaigns",
    "see_supporters": "Can see supporters",
    "export_supporters": "Can export supporters",
    "see_outbox": "Can read the outbox",
    "hold_deliveries": "Can hold, release and settle deliveries",
    "edit_brand": "Can edit the organization's name, logo, colours and links",
}


def make_roles(apps, schema_editor):
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
    dependencies = [("accounts", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
