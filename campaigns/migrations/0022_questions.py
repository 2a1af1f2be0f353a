"""Questions of organizers in an ask's form, and their choices as a side of the numbers.

Locks: nothing that exists; the table is new, and the side is only named.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0021_sample_texts')]

    operations = [
        migrations.AlterField(
            model_name='breakdown',
            name='side',
            field=models.CharField(choices=[('whole', 'Whole'), ('day', 'Day'), ('hour', 'Hour'), ('state', 'State'), ('cd', 'Congressional district'), ('sldu', 'State senate district'), ('sldl', 'State house district'), ('office', 'Office'), ('source', 'Source'), ('language', 'Language'), ('words', 'Words'), ('evidence', 'Letters'), ('host', 'Host'), ('told', 'Told'), ('choice', 'Choice')], max_length=10),
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(choices=[('short', 'A line of text'), ('long', 'A longer text'), ('one', 'One of several choices'), ('several', 'Any of several choices'), ('yes_no', 'Yes or no')], max_length=10)),
                ('is_required', models.BooleanField(default=False)),
                ('text', models.CharField(max_length=200)),
                ('help', models.CharField(blank=True, max_length=300)),
                ('choices', models.JSONField(blank=True, default=list, help_text='Texts, in their order')),
                ('past_choices', models.JSONField(blank=True, default=dict, help_text='Key -> text of what is offered no more')),
                ('translations', models.JSONField(blank=True, default=dict, help_text='Language -> {"text", "help", "choices": [...]}')),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='campaigns.ask')),
            ],
            options={
                'ordering': ['ask', 'position', 'id'],
            },
        ),
    ]
