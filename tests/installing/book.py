"""What a page of docs/ has somebody type."""

import re
from pathlib import Path

INDENTED = re.compile(r"((?: {4,}\S.*\n)+)")


def commands(page, after):
    """The first indented block behind these words, for sh. `manage.py X` is `take-action X` on a
    server, as the pages say.
    """
    text = Path("docs", page).read_text()
    block = INDENTED.search(text, text.index(after))[1]
    return re.sub(r"^(\s+)manage\.py ", r"\1take-action ", block, flags=re.MULTILINE)
