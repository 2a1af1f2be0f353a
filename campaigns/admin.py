"""Campaigns in the administration site: to look at.

What changes them is the desk, where checks and the audit log are.
"""

from __future__ import annotations

from django.contrib import admin

from campaigns.models import (
    Ask,
    Campaign,
    CampaignWords,
    Change,
    Issue,
    IssueWords,
    PetitionText,
    TargetRule,
)
from legislators.admin import ReadOnly


class CampaignWordsInline(ReadOnly, admin.StackedInline):
    model = CampaignWords
    extra = 0


class ChangeInline(ReadOnly, admin.TabularInline):
    model = Change
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["slug", "issue", "state", "launched_at", "closed_at", "is_demo"]
    list_filter = ["state", "is_demo", "issue"]
    list_select_related = ["issue"]
    search_fields = ["slug", "words__title"]
    inlines = [CampaignWordsInline, ChangeInline]


class PetitionTextInline(ReadOnly, admin.StackedInline):
    model = PetitionText
    extra = 0


class TargetRuleInline(ReadOnly, admin.TabularInline):
    model = TargetRule
    extra = 0


@admin.register(Ask)
class AskAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["campaign", "position", "kind"]
    list_filter = ["kind", "campaign"]
    list_select_related = ["campaign"]
    inlines = [TargetRuleInline, PetitionTextInline]


class IssueWordsInline(admin.StackedInline):
    model = IssueWords
    extra = 0


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):
    """The order of issues is set here; their words can be written at the desk too."""

    list_display = ["slug", "position", "motif", "is_demo"]
    list_editable = ["position"]
    readonly_fields = ["is_demo"]
    inlines = [IssueWordsInline]
