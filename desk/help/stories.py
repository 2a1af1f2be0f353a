"""What stands behind the question mark on pages about stories."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:stories": Help(
        _(
            "What adults who were harmed as children told you. Whoever reads one stands in the"
            " audit log. Two different people approve it before it is public; nobody without this"
            " right sees who told what. The public form is open while you say so and two people"
            " may review."
        ),
    ),
    "desk:story": Help(
        _(
            "Read what it speaks of first, then the text. Look whether anybody else could be"
            " recognized, also by several small things together. If words must change, propose"
            " them: its teller says yes or no. What you refuse is deleted after thirty days, and"
            " what its teller takes back at once."
        ),
        ("desk:stories",),
    ),
    "desk:story_new": Help(
        _(
            "For somebody who told it to you. Say how they allowed it, and tick only what they"
            " said yes to. Nothing is saved before you press the button."
        ),
        ("desk:stories",),
    ),
}
