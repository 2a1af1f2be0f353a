"""Links that fill in a form's first lines for somebody we know, once."""

from __future__ import annotations

from django.db import models

from supporters.models.supporter import Supporter


class Prefill(models.Model):
    """One such link; what stands in it is kept nowhere but as its hash. Gone once it is used."""

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    ends_at = models.DateTimeField(db_index=True)
