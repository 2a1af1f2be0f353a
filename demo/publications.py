"""What the made-up organization has published, from words/publications.toml."""

from __future__ import annotations

import io
from typing import Any

import typst
from django.utils import timezone

from campaigns.models import Bill, Issue, Publication
from campaigns.publications import files
from demo.publish import LANGUAGES, days_ago, read

SHEET = """#set page(paper: "us-letter", margin: 1in)
#set text(size: 11pt, lang: "{language}")
#set document(title: "{title}")
= {title}
{summary}

{story}
"""


def publications() -> None:
    """After the issues and bills that they are about; two of them with a PDF in each language."""
    issues = {issue.slug: issue for issue in Issue.objects.filter(is_demo=True)}
    bills = {bill.identifier: bill for bill in Bill.objects.filter(is_demo=True)}
    for row in read("publications")["publications"]:
        at = days_ago(row["days"])
        made = Publication.objects.create(
            slug=row["slug"],
            kind=row["kind"],
            dated_on=timezone.localdate(at),
            publish_at=at,
            is_demo=True,
        )
        made.issues.set(issues[slug] for slug in row["issues"])
        made.bills.set(bills[name] for name in row.get("bills", ()))
        for code in row["states"]:
            made.states.create(code=code)
        for language in LANGUAGES:
            add_words(made, language, row[language], has_file=row.get("has_file", False))


def add_words(
    publication: Publication, language: str, texts: dict[str, Any], *, has_file: bool
) -> None:
    row = publication.words.create(language=language, **texts)
    if has_file:
        sheet = SHEET.format(language=language, **texts).replace("**", "*")
        page = io.BytesIO(typst.compile(sheet.encode(), format="pdf"))
        size = len(page.getvalue())
        row.file = files.keep(page, size, f"{publication.slug}-{language}.pdf")
        row.save(update_fields=["file"])
