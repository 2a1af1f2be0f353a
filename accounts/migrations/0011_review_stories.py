"""Reading and reviewing stories is a right of its own, which asks for a second factor.

Administrators have it too, or they could not give the role.

Locks: nothing for longer than a few rows of auth_group take.
"""

from django.db import migrations

RIGHT, NAME = "review_stories", "Can read and review what people who were harmed tell us"


def give(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    content_type = apps.get_model("contenttypes", "ContentType")
    user_type, _ = content_type.objects.get_or_create(app_label="accounts", model="user")
    allowed, _ = permission.objects.get_or_create(
        codename=RIGHT, content_type=user_type, defaults={"name": NAME}
    )
    for name in ("administrator", "story reviewer"):
        role, _ = group.objects.get_or_create(name=name)
        role.permissions.add(allowed)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_looks")]

    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={'permissions': [('run_campaigns', 'Can make, launch and watch campaigns'), ('see_supporters', 'Can see supporters'), ('export_supporters', 'Can export supporters'), ('see_outbox', 'Can read the outbox'), ('hold_deliveries', 'Can hold, release and settle deliveries'), ('edit_brand', "Can edit the organization's name, logo, colours and links"), ('manage_officials', 'Can say who holds an office, and how it is reached'), ('change_safeguards', "Can switch off what protects a campaign's supporters"), ('see_campaigns', 'Can see campaigns and their numbers'), ('manage_people', 'Can invite people, give roles and read the audit log'), ('send_updates', "Can mail a campaign's updates to its signers"), ('see_own_campaigns', 'Can see the campaigns of their partner organization'), ('take_own_optins', 'Can take away who opted in to their partner organization'), ('review_stories', 'Can read and review what people who were harmed tell us')]},
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
