"""Being deleted, by oneself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actions.erasing import How, erase
from actions.models import PageKey
from actions.my_page.visits import close_with, own_page


@own_page
def delete_me(request: HttpRequest, key: PageKey) -> HttpResponse:
    """A GET says what goes and what stays; the POST does it. Raises journal.CannotNote."""
    if request.method != "POST":
        return render(request, "actions/my_page/delete.html", {"key": key})
    erase(key.supporter, by="supporter", how=How.LINK)
    return close_with(request, "actions/my_page/deleted.html")
