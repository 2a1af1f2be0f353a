"""Who works here: accounts for organizers, staff and administrators. Supporters never have one."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Rights over people's data, over where letters go and over other accounts: a password alone does
# not open them (docs/safety.md C5).
NEED_SECOND_FACTOR = frozenset(
    {
        "see_supporters",
        "export_supporters",
        "manage_people",
        "manage_officials",
        "hold_deliveries",
        "change_safeguards",
        "send_updates",
        "take_own_optins",
        "review_stories",
    }
)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who works here.

    Signs in with an e-mail address; what they may do comes from their groups.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("May open the administration site."))
    is_demo = models.BooleanField(
        default=False, help_text=_("Made by the demonstration; refused outside practice mode.")
    )
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]
        permissions = [
            ("run_campaigns", "Can make, launch and watch campaigns"),
            ("see_supporters", "Can see supporters"),
            ("export_supporters", "Can export supporters"),
            ("see_outbox", "Can read the outbox"),
            ("hold_deliveries", "Can hold, release and settle deliveries"),
            ("edit_brand", "Can edit the organization's name, logo, colours and links"),
            ("manage_officials", "Can say who holds an office, and how it is reached"),
            ("change_safeguards", "Can switch off what protects a campaign's supporters"),
            ("see_campaigns", "Can see campaigns and their numbers"),
            ("manage_people", "Can invite people, give roles and read the audit log"),
            ("send_updates", "Can mail a campaign's updates to its signers"),
            ("see_own_campaigns", "Can see the campaigns of their partner organization"),
            ("take_own_optins", "Can take away who opted in to their partner organization"),
            ("review_stories", "Can read and review what people who were harmed tell us"),
        ]

    # Whether this session has given a second factor, where one is asked for: the middleware says
    # so for whoever is signed in. Work in the background has no session to be stolen.
    passed_second_factor = True

    def __str__(self) -> str:
        return self.name or self.email

    def holds(self, *rights: str) -> bool:
        """Has each of these rights of ours ("see_supporters"), proven or not."""
        return all(PermissionsMixin.has_perm(self, f"accounts.{right}") for right in rights)

    @property
    def lacks_second_factor(self) -> bool:
        """Has a right that asks for one, which this session has not given."""
        return not self.passed_second_factor and any(map(self.holds, NEED_SECOND_FACTOR))

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """As Django's; but what asks for a second factor is not had before that is given."""
        if not self.passed_second_factor and perm.removeprefix("accounts.") in NEED_SECOND_FACTOR:
            return False
        return super().has_perm(perm, obj)


class OneUseLink(models.Model):
    """A link by which one person, once, makes their account or chooses a new password.

    Only a hash of what stands in it is kept (accounts.one_use_links).
    """

    class Purpose(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        PASSWORD = "password", _("new password")

    purpose = models.CharField(max_length=10, choices=Purpose)
    email = models.EmailField()
    roles = models.JSONField(default=list, help_text="Names of groups, for an invitation")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    # None: somebody asked for it themselves, by mail.
    made_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    # None until the worker that mails it makes one up.
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    is_mailed = models.BooleanField(default=False, help_text="By us, not handed over by a person")
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.email}"


class AppendOnly(Exception):
    """Somebody tried to change or remove a line of the audit log."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Lines go in through accounts.audit.record and never change.

    PostgreSQL refuses too, by a trigger (migration 0003).
    """

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    update = delete = bulk_update = bulk_create = update_or_create = _refuse
    # Model.save() of a row that exists ends here, which spares a save() override.
    _update = _refuse


class AuditEntry(models.Model):
    """One line of the audit log.

    Append-only; each line carries the hash of the one before it (see accounts.audit).
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=254)
    deed = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    # Unique, so the chain cannot fork whatever wrote to it.
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects: ClassVar[Any] = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        # Who did or saw something of one person (accounts.looks).
        indexes = [models.Index(fields=["subject", "id"], name="audit_by_subject")]
        # Django's own paths, such as saving, take the manager that refuses too.
        base_manager_name = "objects"
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.deed} {self.subject}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class AuditHead(models.Model):
    """The newest hash of the chain: one row, which writers lock in turn."""

    hash = models.CharField(max_length=64, blank=True)
