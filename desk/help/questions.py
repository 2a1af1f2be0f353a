"""What stands behind the question mark on pages about an ask's questions, and personal links."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    **dict.fromkeys(
        ["desk:questions", "desk:question", "desk:question_new"],
        Help(
            _(
                "Questions in the supporter's form, at most five, in your words and in each"
                " language. Nobody under 18 is asked, and answers go to no office. A question that"
                " you remove is asked no more; what was answered stays. Whoever had the form open"
                " meanwhile loses nothing. Do not ask what could hurt somebody if it got out."
            ),
            ("desk:campaigns",),
        ),
    ),
    "desk:personal_links": Help(
        _(
            "A file with a link beside each newsletter address, for a mailing tool of your own. Who"
            " follows theirs has first name and ZIP filled in, once, and for a month. The links say"
            " nothing else, and nobody under 18 has one. Taking the file is written down."
        ),
        ("desk:campaigns",),
    ),
    "desk:answers": Help(
        _(
            "What people answered, each with their name, the newest first. It is personal data: it"
            " goes with the action when that is erased. How many chose what stands in the"
            " campaign's numbers, without names."
        ),
        ("desk:supporters", "desk:campaigns"),
    ),
}
