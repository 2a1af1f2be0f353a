"""What was sent by somebody whose session had ended, or who had to prove themselves first: sealed,
carried by the very form in which they sign in, and given back to the same person.

Nothing of it is stored, and nobody else can open it (docs/decisions/0024).
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from accounts.models import User

OPENED_BY, SEALED = "opened_by", "unsent"
SALT = "accounts.unsent"
# Long enough to find one's telephone, and to be called away once.
LASTS_S = 60 * 60
# Never given back: what proves who somebody is, and what belongs to the old page alone.
LEFT_OUT = {"code", "passkey", "csrfmiddlewaretoken", OPENED_BY, SEALED}


@dataclass(frozen=True)
class Unsent:
    """A form of this account (`owner`), as it was sent."""

    owner: int
    path: str
    """Where to it was sent."""
    page: str
    """The page it stood on."""
    fields: list[list[str]]
    """(name, value), in order."""
    had_files: bool = False

    def data(self) -> QueryDict:
        found = QueryDict(mutable=True)
        for name, value in self.fields:
            found.appendlist(name, value)
        return found

    def sealed(self) -> str:
        """Encrypted, and good for LASTS_S."""
        return _box().encrypt(zlib.compress(json.dumps(asdict(self)).encode())).decode()


def sign_owner(user: User) -> str:
    return signing.dumps(user.pk, salt=SALT)


def sent(request: HttpRequest) -> Unsent | None:
    """What this POST carries, if somebody typed anything and one of our pages says whose it is."""
    if request.method != "POST" or not came_from_us(request):
        return None
    try:
        owner = int(signing.loads(request.POST.get(OPENED_BY, ""), salt=SALT))
    except (signing.BadSignature, ValueError):
        return None
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name not in LEFT_OUT and "password" not in name
        for value in values
    ]
    found = Unsent(owner, request.get_full_path(), page_of(request), fields, bool(request.FILES))
    return found if fields else None


def came_from_us(request: HttpRequest) -> bool:
    """Whether the browser says so: nobody else's page may put words into a form that somebody here
    then sends.
    """
    origin = request.headers.get("Origin", "")
    try:
        return bool(origin) and urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False


def page_of(request: HttpRequest) -> str:
    """Where the form stood, on this site; else where it was sent to."""
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        parts = urlsplit(page)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


def unseal(text: str) -> Unsent | None:
    """None for what is too old, or not ours."""
    try:
        return Unsent(**json.loads(zlib.decompress(_box().decrypt(text.encode(), ttl=LASTS_S))))
    except (InvalidToken, TypeError, ValueError):
        return None


def give_back(request: HttpRequest, otherwise: HttpResponse) -> HttpResponse:
    """What the form just sent carries sealed, to the person who typed it: they have signed in.
    `otherwise` where there is none, or it is somebody else's.
    """
    found = unseal(request.POST.get(SEALED, ""))
    if found is None or found.owner != request.user.pk:
        return otherwise
    return hand_over(request, found)


def hand_over(request: HttpRequest, form: Unsent, *, factor_at: str = "") -> HttpResponse:
    """Where it is shown to its owner, who is signed in; `factor_at` is where they set up the second
    factor that its page wants.
    """
    show = import_string(settings.GIVE_FORM_BACK)
    answer: HttpResponse = show(request, form, factor_at=factor_at)
    return answer


def _box() -> Fernet:
    key = hashlib.sha256(f"unsent form:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
