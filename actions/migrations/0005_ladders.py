import django.db.models.deletion
from django.db import migrations, models


STATE = ["email", "assisted", "call", "paper"]
CONGRESS = ["cwc", *STATE]
LADDERS = {
    "us_house": CONGRESS,
    "us_senate": CONGRESS,
    **dict.fromkeys(["state_upper", "state_lower", "state_unicameral", "dc_council", "governor", "president"], STATE),
}


def write_defaults(apps, schema_editor):
    ladder = apps.get_model("actions", "Ladder")
    ladder.objects.bulk_create([ladder(chamber=chamber, rungs=rungs) for chamber, rungs in LADDERS.items()])


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0004_writers_are_told'),
        ('legislators', '0007_contacts_typed_here'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='bad_address',
            field=models.CharField(blank=True, db_default='', default='', help_text='Takes no mail: the letter went another way, or waits for a new one', max_length=254),
        ),
        migrations.AddField(
            model_name='letter',
            name='legislator',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Whom it was written to; blank for older letters', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='legislators.legislator'),
        ),
        migrations.AddField(
            model_name='letter',
            name='rehearsal',
            field=models.BooleanField(blank=True, help_text='Whether it was written in practice mode; blank for older letters', null=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='sent_despite',
            field=models.CharField(blank=True, db_default='', default='', help_text='What a person knew who let it go; the last look passes over it', max_length=300),
        ),
        migrations.AlterField(
            model_name='letter',
            name='route',
            field=models.CharField(choices=[('email', 'E-mail'), ('cwc', "Congress's message system"), ('assisted', 'Needs the supporter'), ('call', 'Needs the supporter, by telephone'), ('paper', 'Printed letter'), ('none', 'Nobody to write to')], max_length=10),
        ),
        migrations.CreateModel(
            name='Ladder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chamber', models.CharField(choices=[('us_house', 'U.S. House'), ('us_senate', 'U.S. Senate'), ('state_upper', 'State senate'), ('state_lower', 'State house'), ('state_unicameral', 'State legislature'), ('dc_council', 'Council of the District of Columbia'), ('governor', 'Governor'), ('president', 'President')], max_length=20)),
                ('rungs', models.JSONField(default=list, help_text='Rungs, the best first; one that is not named is never used')),
                ('note', models.CharField(blank=True, help_text='Why it is so', max_length=300)),
                ('changed_by', models.CharField(blank=True, max_length=254)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('seat', models.OneToOneField(blank=True, help_text='Blank: all seats of the chamber', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='legislators.seat')),
            ],
            options={
                'ordering': ['chamber', 'seat'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('seat', None)), fields=('chamber',), name='one_ladder_per_chamber')],
            },
        ),
        migrations.RunPython(write_defaults, migrations.RunPython.noop),
    ]
