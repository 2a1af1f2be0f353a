"""Organizations on sign-on letters.

Locks: nothing that exists; the table is new.
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0033_answered'),
        ('campaigns', '0033_sign_ons_by_words'),
        ('supporters', '0014_sign_on_consent'),
    ]

    operations = [
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('unconfirmed', 'Its mailbox has not answered'), ('waiting', 'Waits to be looked at'), ('approved', 'On the list'), ('declined', 'Declined'), ('withdrawn', 'Taken back')], default='unconfirmed', max_length=11)),
                ('organization', models.CharField(max_length=160)),
                ('plain_name', models.CharField(help_text='As two spellings of one name are compared', max_length=160)),
                ('kind', models.CharField(choices=[('national', 'National organization'), ('state', 'State organization'), ('local', 'Local organization'), ('tribal', 'Tribal nation or organization'), ('intl', 'International organization')], default='local', max_length=8)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('us_state', models.CharField(blank=True, max_length=2)),
                ('site', models.URLField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['https', 'http'])])),
                ('site_domain', models.CharField(blank=True, max_length=253)),
                ('supporter_key', models.CharField(blank=True, help_text='supporters.people', max_length=64)),
                ('mailbox', models.CharField(blank=True, help_text='HMAC of the canonical e-mail', max_length=64)),
                ('given_name', models.CharField(blank=True, max_length=70)),
                ('family_name', models.CharField(blank=True, max_length=70)),
                ('role', models.CharField(blank=True, help_text='Their title there', max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='en', max_length=7)),
                ('authority', models.CharField(blank=True, help_text='The statement they ticked', max_length=300)),
                ('names_person', models.BooleanField(default=False, help_text="Their name and title stand beside the organization's")),
                ('wording', models.CharField(blank=True, help_text='What they chose to be shown', max_length=400)),
                ('agreed_how', models.TextField(blank=True, help_text='Where staff added it: what shows it')),
                ('author', models.CharField(blank=True, help_text='Who added or decided', max_length=254)),
                ('reason', models.CharField(blank=True, help_text='Why it was declined', max_length=500)),
                ('was_handed_over', models.BooleanField(default=False, help_text='Stood on the list when the letter was delivered')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('sign_on', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.signon')),
                ('supporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='supporters.supporter')),
            ],
            options={
                'indexes': [models.Index(fields=['sign_on', 'state'], name='signatories_of_a_letter'), models.Index(fields=['mailbox'], name='signatories_by_mailbox'), models.Index(fields=['state', 'changed_at'], name='signatories_to_forget')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'approved']), models.Q(('supporter_key', ''), _negated=True)), fields=('sign_on', 'supporter_key', 'plain_name'), name='one_signature_per_person_and_organization')],
            },
        ),
    ]
