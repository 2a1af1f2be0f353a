"""Accounts to try each role with.

They work in practice mode only; accounts.forms refuses them once delivery is on.
"""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.models import User

PASSWORD = "sunrise-over-franklin"  # noqa: S105 (printed by bin/run for everybody to use)
DOMAIN = "demo.example"
# Whose account, its name, its roles.
COLLEAGUES = [
    ("administrator", "Adira Okonkwo-Bell", ["administrator"]),
    ("organizer", "Oren Castellanos", ["organizer"]),
    ("staff", "Stella Marchetti", ["staff"]),
    ("exporter", "Ezra Lindqvist", ["staff", "exporter"]),
    ("reviewer", "Rosalind Achterberg", ["story reviewer"]),
    ("partner", "Pilar Nakamura", ["partner"]),
    ("reader", "Rafi Dunmore", ["read-only"]),
]


def make() -> User:
    """Everybody who works at the made-up organization.

    Returns the organizer, who launches its campaigns.
    """
    # Once for all of them: it is slow on purpose.
    hashed = make_password(PASSWORD)
    groups = {group.name: group for group in Group.objects.all()}
    for login, name, roles in COLLEAGUES:
        user = User.objects.create(
            email=f"{login}@{DOMAIN}",
            name=name,
            password=hashed,
            is_demo=True,
            is_staff=login == "administrator",
        )
        user.groups.set([groups[role] for role in roles])
    return User.objects.get(email=f"organizer@{DOMAIN}")


def logins() -> list[tuple[str, str]]:
    """E-mail and roles of each demonstration account that can sign in."""
    users = (
        User.objects.filter(is_demo=True, is_active=True).order_by("id").prefetch_related("groups")
    )
    return [(user.email, ", ".join(group.name for group in user.groups.all())) for user in users]
