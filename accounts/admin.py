"""Accounts and the audit log in the administration site.

Every change of an account is written to the audit log.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import audit, sessions
from accounts.models import AuditEntry, User

# Second factors are added and removed on pages of ours, and written down there.
for model in (Authenticator, EmailAddress):
    admin.site.unregister(model)
admin.site.unregister(Group)


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "is_demo", "last_login")
    list_filter = ("groups", "is_active", "is_staff", "is_demo")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "date_joined", "is_demo")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "is_demo")}),
        (
            _("What they may do"),
            {"fields": ("is_active", "groups", "is_staff", "is_superuser", "user_permissions")},
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "name", "usable_password", "password1", "password2"),
            },
        ),
    )

    # Where Django writes its own log, which can be edited: ours, a chain, gets the same
    # (docs/safety.md E11).
    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        _record(request, "account made", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        _record(request, "account changed", obj, message)
        if not obj.is_active:
            # Or their sessions would come back with them.
            sessions.end_all(obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for user in queryset:
            _record(request, "account removed", user, [])
        return super().log_deletions(request, queryset)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """Roles: what each allows is changed here, and written down."""

    def log_addition(self, request: HttpRequest, obj: Group, message: Any) -> LogEntry:
        _record_role(request, "role made", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Group, message: Any) -> LogEntry:
        _record_role(request, "role changed", obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for group in queryset:
            _record_role(request, "role removed", group)
        return super().log_deletions(request, queryset)


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ("at", "actor", "deed", "subject", "detail")
    search_fields = ("actor", "deed", "subject")
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _record(request: HttpRequest, deed: str, user: User, message: Any) -> None:
    roles = sorted(user.groups.values_list("name", flat=True)) if user.pk else []
    own = user.user_permissions.values_list("codename", flat=True) if user.pk else []
    audit.record(
        request.user.get_username(),
        deed,
        user.email,
        roles=roles,
        rights=sorted(own),
        superuser=user.is_superuser,
        active=user.is_active,
        changes=message,
    )


def _record_role(request: HttpRequest, deed: str, group: Group) -> None:
    rights = sorted(group.permissions.values_list("codename", flat=True))
    audit.record(request.user.get_username(), deed, group.name, rights=rights)
