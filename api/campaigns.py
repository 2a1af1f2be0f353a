"""Campaigns and their counts, for machines. Reads what the public pages read, and no more."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers, viewsets
from rest_framework.pagination import PageNumberPagination

from campaigns import counts, words
from campaigns.models import Campaign

NUMBERS = (*counts.FIELDS, "total", "goal")


class Pages(PageNumberPagination):
    page_size = 25


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """slug, issue, state, title, summary, asks (kinds in order), count {verified, pending,
    unverified, anonymous, self_reported, on_paper, total, goal}, opens_at and closes_at (instants,
    or null) and zone, whose clock they were set in. Of a draft that says when it opens no bill and
    no asks.
    """

    issue = serializers.CharField(source="issue.slug")
    bill = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    summary = serializers.SerializerMethodField()
    asks = serializers.SerializerMethodField()
    count = serializers.SerializerMethodField()
    opens_at = serializers.DateTimeField(source="times.opens_at", default=None)
    closes_at = serializers.DateTimeField(source="times.closes_at", default=None)
    zone = serializers.CharField(source="times.zone", default="")

    class Meta:
        model = Campaign
        fields = [
            "slug",
            "issue",
            "state",
            "bill",
            "title",
            "summary",
            "asks",
            "count",
            "launched_at",
            "opens_at",
            "closes_at",
            "zone",
        ]

    def get_title(self, campaign: Campaign) -> str:
        return words.of(campaign).title

    def get_summary(self, campaign: Campaign) -> str:
        return words.of(campaign).summary

    def get_bill(self, campaign: Campaign) -> str:
        return "" if campaign.state == Campaign.State.DRAFT else campaign.bill

    def get_asks(self, campaign: Campaign) -> list[str]:
        if campaign.state == Campaign.State.DRAFT:
            return []
        return [ask.kind for ask in campaign.asks.all()]

    def get_count(self, campaign: Campaign) -> dict[str, int]:
        numbers = self.context["view"].tallied[campaign.pk]
        return {name: getattr(numbers, name) for name in NUMBERS}


class Campaigns(viewsets.ReadOnlyModelViewSet[Campaign]):
    """Every campaign that has a public page, newest first; also a draft whose page says when it
    opens.
    """

    serializer_class = CampaignSerializer
    pagination_class = Pages
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    def get_queryset(self) -> QuerySet[Campaign]:
        found = Campaign.objects.public() | Campaign.objects.announced()
        return (
            found.with_bills().select_related("issue", "schedule").prefetch_related("words", "asks")
        )

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        # For the whole page at once, before the first row is written out.
        self.tallied = counts.by_campaign(page or [])
        return page

    def get_object(self) -> Campaign:
        campaign = super().get_object()
        self.tallied = counts.by_campaign([campaign])
        return campaign
