"""What a person types to sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.limits import in_minutes
from accounts.mailboxes import cleaned_mailbox
from accounts.models import User


class MailboxField(forms.EmailField):
    """Of somebody who works here."""

    def to_python(self, value: Any) -> str:
        return cleaned_mailbox(super().to_python(value) or "")


class LoginForm(AuthenticationForm):
    """E-mail and password.

    With `wait_s` it refuses without looking at the password, keeping the e-mail.
    """

    username = MailboxField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": gettext_lazy(
            "That e-mail address and password don't belong together. Check both and try again."
        ),
        # The same words: nobody learns that there is such an account (docs/safety.md C3).
        "inactive": gettext_lazy(
            "That e-mail address and password don't belong together. Check both and try again."
        ),
    }

    def __init__(self, *args: Any, wait_s: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wait_s = wait_s

    def clean(self) -> dict[str, Any]:
        if self.wait_s:
            raise ValidationError(in_minutes(self.wait_s), code="too_often")
        return super().clean()

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if user.is_demo and settings.DELIVERY_ENABLED:
            raise ValidationError(
                _(
                    "This is a demonstration account. It is switched off because this site now"
                    " delivers real mail."
                ),
                code="demo",
            )
