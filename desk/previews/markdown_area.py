"""A field for Markdown: what people will read stands beside it, and what can be written below."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse


class MarkdownArea(forms.Textarea):
    """`campaign`: the slug of the one whose pictures its marks name, "" for none."""

    template_name = "desk/widgets/markdown.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, campaign: str = "") -> None:
        super().__init__(attrs)
        self.campaign = campaign

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {
            "preview_url": reverse("desk:markdown") + f"?campaign={self.campaign}",
            "campaign": self.campaign,
        }
        return context
