"""What happened to each envelope, to read and never to edit."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from worker.models import Attempt, CaughtMail, CongressOffice, Delivery, Hold, Lane, Return


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


class AttemptInline(ReadOnly, admin.TabularInline):
    model = Attempt
    fields = ["at", "state", "code", "answer", "author"]
    extra = 0


class ReturnInline(ReadOnly, admin.TabularInline):
    model = Return
    readonly_fields = ["at"]
    fields = ["at", "kind", "status", "code", "words", "source"]
    extra = 0


@admin.register(Return)
class ReturnAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["id", "at", "kind", "status", "code", "words", "source", "delivery"]
    list_filter = ["kind", "source"]
    raw_id_fields = ["delivery"]
    # It would count millions of rows for the words "of N in all".
    show_full_result_count = False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = [
        "id",
        "state",
        "lane",
        "recipient",
        "subject",
        "due_at",
        "attempts_made",
        "crashes",
        "rehearsal",
        "settled_at",
    ]
    list_filter = ["state", "rehearsal", "channel"]
    search_fields = ["key", "message_id", "recipient"]
    exclude = ["message"]
    inlines = [AttemptInline, ReturnInline]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        # A page of sealed messages, bytes that the list never shows, would all be read.
        return super().get_queryset(request).defer("message")


@admin.register(Attempt)
class AttemptAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "delivery_id", "state", "code", "answer", "author"]
    list_filter = ["state", "author"]
    search_fields = ["delivery__message_id", "delivery__recipient"]
    raw_id_fields = ["delivery"]
    show_full_result_count = False


@admin.register(Hold)
class HoldAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["scope", "key", "reason", "author", "placed_at"]


@admin.register(Lane)
class LaneAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "per_minute", "burst", "failures", "opened_at", "open_until"]


@admin.register(CongressOffice)
class CongressOfficeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["code", "chamber", "is_active", "listed_at"]
    list_filter = ["chamber", "is_active"]
    search_fields = ["code"]


@admin.register(CaughtMail)
class CaughtMailAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["received_at", "recipient", "subject", "sender"]
    search_fields = ["recipient", "message_id"]
    exclude = ["content"]
    show_full_result_count = False
