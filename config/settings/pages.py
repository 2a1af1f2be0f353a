"""What stands on public pages besides the campaigns' own."""

# Functions of rooms above campaigns/, by the page on which their piece stands: "issue", "bill",
# "state" (campaigns.pages.pieces).
PIECES_OF_PAGES: dict[str, list[str]] = {}
