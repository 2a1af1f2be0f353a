"""What the overview says that waits."""


def waiting(page):
    """The numbers that lead to each page, by its name."""
    found = {}
    for one in page.context["to_do"]:
        found.setdefault(one.page, []).append(one.number)
    return found


def waiting_for(client):
    """For whoever is signed in here."""
    return waiting(client.get("/desk/"))
