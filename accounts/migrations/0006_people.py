"""Who works here is a right of administrators, and invitations are links that are used once.

Locks: nothing for longer than a few rows of auth_group take.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

RIGHT, NAME = "manage_people", "Can invite people, give roles and read the audit log"


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
        ('accounts', '0005_safeguards'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='user',
            options={'permissions': [('run_campaigns', 'Can make, launch and watch campaigns'), ('see_supporters', 'Can see supporters'), ('export_supporters', 'Can export supporters'), ('see_outbox', 'Can read the outbox'), ('hold_deliveries', 'Can hold, release and settle deliveries'), ('edit_brand', "Can edit the organization's name, logo, colours and links"), ('manage_officials', 'Can say who holds an office, and how it is reached'), ('change_safeguards', "Can switch off what protects a campaign's supporters"), ('manage_people', 'Can invite people, give roles and read the audit log')]},
        ),
        migrations.CreateModel(
            name='OneUseLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('invitation', 'invitation'), ('password', 'new password')], max_length=10)),
                ('email', models.EmailField(max_length=254)),
                ('roles', models.JSONField(default=list, help_text='Names of groups, for an invitation')),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('is_mailed', models.BooleanField(default=False, help_text='By us, not handed over by a person')),
                ('mail_tries', models.PositiveSmallIntegerField(default=0)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
