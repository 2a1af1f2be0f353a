"""What stands behind the question mark on pages about impact figures."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:figures": Help(
        _(
            "The figures on the public page of what became of your work. Some are counted here;"
            " fewer than five people’s deeds are never shown. What this site cannot count you set"
            " by hand, with a source and a date."
        ),
        ("desk:publications",),
    ),
    **dict.fromkeys(
        ["desk:figure", "desk:figure_new"],
        Help(
            _(
                "One figure. It stands beside the counted ones or in place of one; readers see its"
                " source and its day. The audit log keeps who set which number."
            ),
            ("desk:figures",),
        ),
    ),
}
