"""What opens one person's own page, and what is asked for there.

Locks: nothing that exists; the tables are new.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0021_updates'),
        ('supporters', '0006_no_words_mailed'),
    ]

    operations = [
        migrations.CreateModel(
            name='PageWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mailbox', models.CharField(help_text='As supporters.people names it', max_length=64)),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('even_so', models.BooleanField(default=False, help_text='It asked never to be mailed, and wants this one mail')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='NewMailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('link_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='supporters.supporter')),
            ],
        ),
        migrations.CreateModel(
            name='PageKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('link_ends_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, help_text='The link is used up', null=True)),
                ('cookie_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='supporters.supporter')),
            ],
        ),
        migrations.CreateModel(
            name='SameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('name', 'Another name'), ('mailbox', 'Another mailbox')], max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, help_text='They are two, somebody here says', null=True)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='supporters.supporter')),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='supporters.supporter')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['asked_at'], name='perhaps_one_person')],
                'constraints': [models.UniqueConstraint(fields=('supporter', 'other'), name='one_same_key_per_pair_of_supporters')],
            },
        ),
    ]
