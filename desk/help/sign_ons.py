"""What stands behind the question mark on pages about sign-on letters."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

THEN = ("desk:sign_ons",)
HELP: dict[str, Help] = {
    "desk:sign_ons": Help(
        _(
            "One text of a coalition, which organizations sign through somebody who may sign for"
            " them. Each signature comes to you once its mailbox has answered; you say who stands"
            " on the public list. At its deadline it closes by itself, and then you hand it over."
        ),
        ("desk:issues", "desk:bills"),
    ),
    **dict.fromkeys(
        ["desk:sign_on", "desk:sign_on_new"],
        Help(
            _(
                "The letter in one language. Once an organization stands on it, title, addressees"
                " and text change only with a sentence that says what: the page shows it, and"
                " everybody who signed is told by mail. Spelling too, so read it before it opens."
            ),
            THEN,
        ),
    ),
    **dict.fromkeys(
        ["desk:sign_on_times", "desk:sign_on_about"],
        Help(
            _(
                "When its page is there, and on whose pages it stands besides. It cannot be public"
                " without a deadline to come. Taken down, it takes no signatures, and its address"
                " leads where you say."
            ),
            THEN,
        ),
    ),
    "desk:sign_on_files": Help(
        _(
            "The letter as it will be delivered, as a PDF for each language, if you have one: its"
            " page links to it as long as it is public. Scripts, attachments and authors’ names are"
            " taken out of it. Once an organization has signed, a file needs a sentence that says"
            " what changes, and everybody who signed is told by mail. Once the letter is delivered"
            " nobody is mailed of files: file the copy that was handed over here."
        ),
        THEN,
    ),
    "desk:sign_on_deadline": Help(
        _(
            "Until when organizations may sign, by which clock. It closes by itself; you can close"
            " it earlier, or put it off. What was sent in time and confirmed later comes to you,"
            " marked as such."
        ),
        THEN,
    ),
    "desk:sign_on_organizations": Help(
        _(
            "Who signed, with what helps you to decide: whether the mailbox fits the website, and"
            " who may be the same organization twice. A hint decides nothing. Whoever you decline"
            " is told your reason as it stands; what they typed is deleted after thirty days."
        ),
        THEN,
    ),
    "desk:sign_on_add": Help(
        _(
            "For a yes that came on paper, at a meeting or from a board. Say how they agreed and"
            " where that is kept, so that somebody else can find it. No mailbox is needed, and"
            " none is kept."
        ),
        THEN,
    ),
    "desk:sign_on_delivery": Help(
        _(
            "The letter with its list, to print. Once it was handed over, say when, to whom and"
            " what shows it: the page then says that it was delivered, and never before. Whoever"
            " takes their signature back afterwards leaves the public list; the copy stays."
        ),
        THEN,
    ),
}
