"""The people whom rosters name, and the ways to reach them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from legislators.models import Contact, Legislator, Source
from legislators.roster.holdings import Holding, Way

# As many keys as SQLite takes in one query.
FEW = 900
READ = ("pk", "legislator_id", "kind", "value", "office", "place", "source_id")


def remember_people(
    holdings: Sequence[Holding], source: Source
) -> tuple[dict[str, Legislator], int]:
    """Find or add every person by the source's own key, and make their names and contacts say what
    the source says. Returns them by key, and how many contacts came or went.
    """
    wanted = {holding.key: holding for holding in holdings}
    people = (
        {person.key: person for person in Legislator.objects.filter(key__in=wanted)}
        if len(wanted) < FEW
        else _all_of(wanted)
    )
    new, changed = [], []
    for key, holding in wanted.items():
        names = {
            "name": holding.name[:120],
            "given_name": holding.given_name[:60],
            "family_name": holding.family_name[:60],
        }
        person = people.get(key)
        if person is None:
            new.append(Legislator(key=key, **names))
        elif any(getattr(person, name) != value for name, value in names.items()):
            changed.append(person)
            for name, value in names.items():
                setattr(person, name, value)
    Legislator.objects.bulk_update(changed, ["name", "given_name", "family_name"], batch_size=300)
    people |= {person.key: person for person in Legislator.objects.bulk_create(new, batch_size=500)}
    return people, _remember_ways(wanted, people, source)


def _all_of(wanted: dict[str, Holding]) -> dict[str, Legislator]:
    """Thousands of keys are more than SQLite takes in one query."""
    return {person.key: person for person in Legislator.objects.iterator() if person.key in wanted}


def _remember_ways(
    wanted: dict[str, Holding], people: dict[str, Legislator], source: Source
) -> int:
    published = {
        (people[key].pk, way.kind, way.value[:300]): (way.office, way.place[:80])
        for key, holding in wanted.items()
        for way in (Way(*each) for each in reversed(holding.ways))
        if way.value
    }
    ours = {person.pk for person in people.values()}
    gone, vouched, known = [], [], set()
    contacts = (
        Contact.objects.filter(legislator__in=ours) if len(ours) < FEW else Contact.objects.all()
    )
    pending = set(contacts.pending().values_list("pk", flat=True))
    # Plain values: of the whole nation there are tens of thousands, of which few change.
    for pk, person, *which, office, place, source_id in contacts.values_list(*READ).iterator():
        way = (person, *which)
        if way in published and pk in pending:
            vouched.append(pk)
        if source_id == source.pk and person in ours and published.get(way) != (office, place):
            gone.append(pk)
        else:
            known.add(way)  # of another source too: one row per way
    for start in range(0, len(gone), 500):
        Contact.objects.filter(pk__in=gone[start : start + 500]).delete()
    # What somebody typed and a roster publishes needs no second person.
    Contact.objects.filter(pk__in=vouched).update(
        approved_by=source.name, approved_at=timezone.now()
    )
    # Reversed above so that the first office a source lists wins; reversed here so that its rows
    # come first.
    new = [
        Contact(
            legislator_id=person, kind=kind, value=value, office=office, place=place, source=source
        )
        for (person, kind, value), (office, place) in reversed(published.items())
        if (person, kind, value) not in known
    ]
    Contact.objects.bulk_create(new, batch_size=500)
    return len(new) + len(gone)
