"""A look at what was loaded.

Rosters and maps come from load_data. What people know better they say at the desk, where a second
person approves each address: nothing can be changed here.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from legislators.models import Contact, District, Edition, Legislator, Seat, Source, Term


class ReadOnly:
    """Nobody adds, changes or deletes here, whatever their role."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TermInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Term
    fields = ("seat", "legislator", "party", "started_on", "ended_on", "source", "as_of")
    extra = 0


class ContactInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Contact
    fields = ("kind", "value", "office", "source", "typed_by", "approved_by")
    extra = 0


@admin.register(Legislator)
class LegislatorAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "key", "is_demo")
    search_fields = ("name", "key")
    list_filter = ("is_demo",)
    inlines = (ContactInline, TermInline)


@admin.register(Seat)
class SeatAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("chamber", "jurisdiction", "district", "position", "label", "title")
    list_filter = ("chamber", "jurisdiction")
    search_fields = ("division", "district")
    list_select_related = ("jurisdiction",)
    inlines = (TermInline,)


@admin.register(Source)
class SourceAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "key", "as_of", "loaded_at")


@admin.register(Edition)
class EditionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "layer", "valid_from", "valid_to", "is_active", "loaded_at")
    list_filter = ("layer", "is_active")


@admin.register(District)
class DistrictAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "jurisdiction", "edition")
    list_filter = ("edition__layer", "jurisdiction")
    search_fields = ("name", "division", "geoid")
    list_select_related = ("jurisdiction", "edition")
