"""The step of somebody who lives outside the United States: no address to look up, and only offices
that hear them.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from actions.pages import carried, page_context
from actions.pages.address_forms import AddressForm
from actions.pages.alternatives import show_elsewhere
from campaigns.abroad.heard import seats_that_hear
from campaigns.models import Ask


def show_abroad(request: HttpRequest, ask: Ask) -> HttpResponse:
    """The country instead of the address; where nobody hears them, what else they can do."""
    words = carried.typed_words(request, ask)
    if not seats_that_hear(ask):
        form = AddressForm(initial=request.POST.dict(), ask=ask)
        handed_on = [*((name, request.POST.get(name, "")) for name in form.fields), *words]
        return show_elsewhere(request, ask, "", handed_on, is_abroad=True)
    form = AddressForm(initial=request.POST.dict(), ask=ask, asks_country=True)
    return page_context.show(request, ask, "address", form=form, carried=words)
