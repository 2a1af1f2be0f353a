"""Says in every form who opened it: when it comes back after their session ended, it is still
theirs (accounts.unsent).

A builtin in place of Django's tag of this name, so that no form has to think of it.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.unsent import OPENED_BY, sign_owner

register = template.Library()


class FormOfNode(CsrfTokenNode):
    def render(self, context: Any) -> SafeString:
        user = getattr(context.get("request"), "user", None)
        token = super().render(context)
        if user is None or not user.is_authenticated:
            return token  # type: ignore[return-value]
        field = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(field, token, OPENED_BY, sign_owner(user))


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormOfNode:
    return FormOfNode()
