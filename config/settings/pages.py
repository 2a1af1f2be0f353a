"""What stands on public pages besides the campaigns' own."""

# Figures of the impact page that rooms above campaigns/ count, by their campaigns.models.Counted.
# Each function takes whether made-up rows count.
FIGURES_COUNTED_ABOVE = {"signed_on": "actions.sign_ons.showing.organizations"}

# Functions, mostly of rooms above campaigns/, by the page on which their piece stands: "issue",
# "bill", "state" (campaigns.pages.pieces).
PIECES_OF_PAGES: dict[str, list[str]] = {
    "issue": [
        "actions.sign_ons.pieces.of_issue",
        "campaigns.publications.pieces.of_issue",
        "actions.heroes.pieces.of_issue",
        "actions.stories.pieces.of_issue",
    ],
    "bill": ["actions.sign_ons.pieces.of_bill", "campaigns.publications.pieces.of_bill"],
    "state": [
        "actions.sign_ons.pieces.of_state",
        "campaigns.publications.pieces.of_state",
        "actions.heroes.pieces.of_state",
    ],
}
