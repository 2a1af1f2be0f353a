"""List the editions of the maps, switch one on, or take a layer's last activation back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legislators.maps.editions import CannotSwitch, activate, roll_back
from legislators.models import STREETS, Edition, Layer

_LINE = "{:>4}  {:5}  {:16}  {:10}  {:10}  {:8}  {:>9}  {:>8}  {:8}  {}"


class Command(BaseCommand):
    help = "List the editions of the maps. Running web processes follow a change at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deed = parser.add_mutually_exclusive_group()
        deed.add_argument("--activate", type=int, metavar="ID")
        deed.add_argument(
            "--rollback",
            choices=[*Layer.values, STREETS],
            metavar="LAYER",
            help="cd, sldu, sldl or streets",
        )

    def handle(self, *args: object, **options: Any) -> None:
        try:
            if options["activate"]:
                edition = activate(Edition.objects.get(pk=options["activate"]))
                self.stdout.write(
                    self.style.SUCCESS(f"Edition {edition.pk}, {edition}: switched on.")
                )
            elif options["rollback"]:
                last, instead = roll_back(options["rollback"])
                answering = (
                    ", ".join(str(each.pk) for each in instead) or "none until its first day"
                )
                self.stdout.write(
                    self.style.SUCCESS(
                        f"Edition {last.pk}, {last}: switched off. In its place: {answering}."
                    )
                )
        except (CannotSwitch, Edition.DoesNotExist) as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        self._list()

    def _list(self) -> None:
        in_force = set(Edition.objects.in_force(timezone.localdate()).values_list("pk", flat=True))
        self.stdout.write(
            _LINE.format(
                "id",
                "layer",
                "name",
                "from",
                "to",
                "now",
                "districts",
                "ZIP rows",
                "states",
                "source",
            )
        )
        for edition in Edition.objects.order_by("layer", "-is_active", "-activated_at", "-pk"):
            now = "in force" if edition.pk in in_force else "on" if edition.is_active else "kept"
            states = (
                " ".join(edition.states) if len(edition.states) < 4 else str(len(edition.states))
            )
            days = (str(edition.valid_from), str(edition.valid_to or ""))
            counts = (edition.districts.count(), edition.zips.count())
            self.stdout.write(
                _LINE.format(
                    edition.pk,
                    edition.layer,
                    edition.name[:16],
                    *days,
                    now,
                    *counts,
                    states,
                    edition.source,
                )
            )
