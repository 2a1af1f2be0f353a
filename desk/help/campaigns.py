"""What stands behind the question mark on pages about campaigns and issues."""

from django.utils.translation import gettext_lazy as _

from desk.help.text import Help

HELP: dict[str, Help] = {
    "desk:campaigns": Help(
        _(
            "Every campaign with its numbers. “Verified” are people whose mailbox said yes; those"
            " “waiting to confirm” have not pressed the button in their mail yet and do not count."
            " A new campaign begins as a draft that nobody outside sees. Choose one to change,"
            " launch, pause or end it."
        ),
        ("desk:issues", "desk:supporters"),
    ),
    "desk:campaign_new": Help(
        _(
            "Begin from the template that is nearest to what you want; every word of it can be"
            " changed. Nothing goes live here: first comes a draft, then a check that names what"
            " is still missing. The short name becomes the page’s address and stays."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign": Help(
        _(
            "One campaign at a glance: how many answered, what it asks, and what is still to mend"
            " before it can go live. Go through the tabs from left to right, then launch. Pausing"
            " keeps its letters here; closing and winning can be undone for half an hour. Who"
            " changed what stands at the end."
        ),
        ("desk:campaigns", "desk:deliveries"),
    ),
    "desk:campaign_words": Help(
        _(
            "The words of the public page: what is wanted, and why. Write as you would talk to a"
            " neighbour; an empty line begins a new paragraph. What you save stands on a live page"
            " at once. If somebody else saved meanwhile, you see both versions and nothing is lost."
        ),
        ("desk:campaigns",),
    ),
    "desk:pictures": Help(
        _(
            "Pictures for the campaign’s page. Each gets a mark, such as {picture 2}: put it into"
            " the story on a line of its own, and the picture stands there. One can stand above"
            " the story. Say in words what each shows, in every language of the campaign; only a"
            " picture that adds nothing is decoration. Show nobody who did not agree to it, and no"
            " child whose parents did not."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_settings": Help(
        _(
            "What the campaign is about and in whose name it writes. The sender’s name stands in"
            " every letter. The goal moves up by itself once it is nearly reached. Congress wants"
            " a topic; without one no letter goes there."
        ),
        ("desk:campaigns",),
    ),
    "desk:venues": Help(
        _(
            "Room for many who sign through one address, as at a school or a rally. Open the page"
            " there, on the place’s own network, and press once: limits rise for that network and"
            " those hours only. It ends by itself; who opened it is written down. What holds for"
            " the young and for each mailbox stays as it is."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_schedule": Help(
        _(
            "When the campaign goes live and closes by itself, in the clock of the zone that you"
            " choose; pages name it. At its start the check of “Check and go live” runs once more:"
            " if something must be mended the campaign stays a draft, and everybody who runs"
            " campaigns gets a mail. Its end works like Close, with half an hour to undo it. Both"
            " times can be changed or taken away until they come."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_safeguards": Help(
        _(
            "Two protections: asking for the age, and counting only people whose mailbox said yes."
            " Leave both on unless there is a good reason, which you write down. Without the first,"
            " children are not protected; without the second, anybody can sign for anybody."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_asks": Help(
        _(
            "An ask is one thing that people can do: write a letter, sign a petition, call. People"
            " see the asks in this order. An ask that somebody answered cannot be deleted without"
            " losing its numbers, so removing one wants a typed word while the campaign is live."
        ),
        ("desk:campaigns",),
    ),
    "desk:ask_words": Help(
        _(
            "The words of one ask: its heading, its button and what is said afterwards. What you"
            " leave empty has words of ours. Look at the preview before you launch."
        ),
        ("desk:campaigns",),
    ),
    "desk:ask_targets": Help(
        _(
            "Which offices the letters go to, said by rules and not by names: “the Maryland House”"
            " stays right after an election. Each rule adds offices; the count below says how"
            " many. Everybody writes only to the offices of their own address."
        ),
        ("desk:rosters", "desk:campaigns"),
    ),
    "desk:ask_letter": Help(
        _(
            "The letter’s words. Fields in braces such as {city} are filled in for each writer and"
            " office; one that nothing fills is left out with its clause. Letters that have been"
            " written already keep their words. Try it with the preview, then send one to yourself."
        ),
        ("desk:campaigns",),
    ),
    **dict.fromkeys(
        ["desk:letter_versions", "desk:letter_version", "desk:letter_version_new"],
        Help(
            _(
                "Other words for some of the offices: thank a sponsor, press an opponent. Every"
                " office gets exactly one version; those that no version names get the ask’s own"
                " letter. Two versions for one office stop the launch. Supporters see and edit the"
                " words for each of their offices, and write their own words once."
            ),
            ("desk:campaigns",),
        ),
    ),
    "desk:ask_preview": Help(
        _(
            "The finished letter as one office would get it. Choose another office to see its"
            " greeting and its version. The test goes only to your own mailbox and counts nowhere."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_numbers": Help(
        _(
            "Who answered, by day, state and the link they came by, and what became of their"
            " letters. “Accepted” means that the office’s mail server took it; nobody can see"
            " whether it was read. What supporters say they did themselves stands apart, since"
            " nobody can check it. Choose a state for its districts."
        ),
        ("desk:campaigns", "desk:deliveries"),
    ),
    "desk:campaign_partners": Help(
        _(
            "Who carries this campaign with you. A partner is credited on its page; its own box"
            " asks for a consent that is theirs alone, with their wording. The source code stands"
            " in the links that it shares: add ?source= and the code to the campaign’s address."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_numbers_state": Help(
        _(
            "One state: its districts and the offices that people wrote to. Whoever signed a"
            " petition has no district here, since a petition goes to no district. A number below"
            " five is not told, so that nobody is singled out."
        ),
        ("desk:campaigns",),
    ),
    "desk:issue_numbers": Help(
        _(
            "All campaigns of an issue added up, drafts left out. Somebody who acted in two of them"
            " counts twice: these are actions, not people."
        ),
        ("desk:campaigns", "desk:issues"),
    ),
    "desk:campaign_deed": Help(
        _(
            "This page says what will happen and to how many letters before anything does. The"
            " reason that you give is kept with your name. Nothing is done until you press the"
            " button."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_history": Help(
        _(
            "Who changed what, and when, the newest first. Words that went are struck through, and"
            " words that came are underlined. An earlier version opens in the form where such words"
            " are written: look at it, change what you like, and save. What people signed before"
            " stays under the text that they signed."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_delete": Help(
        _(
            "A draft that the public never saw can be deleted, with its words and its history."
            " There is no way back. A campaign that was live stays: close it, then archive it."
        ),
        ("desk:campaigns",),
    ),
    "desk:issues": Help(
        _(
            "An issue is a matter you work on, such as children’s safety; every campaign belongs"
            " to one. Each has a public page with its story and campaigns. Issues stay when their"
            " campaigns end."
        ),
        ("desk:campaigns",),
    ),
    "desk:issue": Help(
        _(
            "The issue’s public words, in each language. Say why it matters in two or three"
            " sentences; the story may be longer. What you save of a public one is public at once;"
            " where it puts right what was wrong, say so, and the page does too. A language that"
            " nobody has written yet shows the other one and says which."
        ),
        ("desk:issues", "desk:campaigns"),
    ),
    "desk:issue_times": Help(
        _(
            "A draft becomes public now, or by itself at a day and time in the zone that you name."
            " What is public can be taken down: its address then leads to the page you say, or"
            " tells people that it is gone. It can be published again at any time. What was never"
            " public, and has no campaigns, can be deleted."
        ),
        ("desk:issues",),
    ),
    "desk:publications": Help(
        _(
            "News, reports, briefs and fact sheets. A new one is a draft until you publish it, now"
            " or at a time. It stands on the page of news, on the pages of the issues, bills and"
            " states it is about, and in their feeds."
        ),
        ("desk:issues",),
    ),
    "desk:publication": Help(
        _(
            "What readers see, in each language. Where a correction puts right what was wrong, say"
            " so, and the page does too. A language that nobody has written yet shows the other"
            " one and says which."
        ),
        ("desk:publications",),
    ),
    "desk:publication_about": Help(
        _(
            "Its kind, the day that it carries, and what it is about. The first issue gives it the"
            " drawing on its share picture."
        ),
        ("desk:publications",),
    ),
    "desk:publication_files": Help(
        _(
            "A PDF for each language. It is kept here and served from an address of its own as"
            " long as the publication is public. Scripts, attachments and authors’ names are taken"
            " out of it; names in its text are not."
        ),
        ("desk:publications",),
    ),
    "desk:publication_times": Help(
        _(
            "A draft becomes public now, or by itself at a day and time in the zone that you name."
            " What is public can be taken down: its address then leads to the page you say, or"
            " tells people that it is gone. Its file goes with it. What was never public can be"
            " deleted."
        ),
        ("desk:publications",),
    ),
    "desk:bills": Help(
        _(
            "The bills your campaigns are about, wherever they stand: number, title, stage and your"
            " position. Narrow the list by whose it is or what became of it. A bill is typed once"
            " and used by any number of campaigns; several come at once from a file."
        ),
        ("desk:campaigns",),
    ),
    "desk:bill": Help(
        _(
            "One bill: where it stands and stood, who sponsors it, and which campaigns are about"
            " it. Note each new stage with its day and a link; the public page shows it at once."
        ),
        ("desk:bills", "desk:campaigns"),
    ),
    "desk:bill_import": Help(
        _(
            "Many bills at once, from a table or from Open States’ file. Look at it first: each row"
            " says whether it is new, and who of its sponsors could not be told for sure. Nothing"
            " that was typed here is undone, and loading the same file again changes nothing."
        ),
        ("desk:bills",),
    ),
    "desk:bill_sponsors": Help(
        _(
            "Who sponsors the bill, found in the roster by name. Letters can thank sponsors and ask"
            " the others, so a name that fits two people has to be chosen by you."
        ),
        ("desk:bills", "desk:rosters"),
    ),
    "desk:campaign_bills": Help(
        _(
            "The bills that this campaign is about, the most important first. Add one that is known"
            " already, or type a new one. Letters name them where their words ask for it."
        ),
        ("desk:bills", "desk:campaigns"),
    ),
    "desk:campaign_clone": Help(
        _(
            "The same campaign once more as a draft: words in every language, asks, letters,"
            " targets, bills, settings. Nobody who acted on the first one is in it, and its numbers"
            " begin at nought."
        ),
        ("desk:campaigns",),
    ),
    "desk:campaign_carry": Help(
        _(
            "What worked in one state, begun in the next: choose the state, then its bill. Chambers"
            " and titles become that state’s own; parties and seats that it does not have are left"
            " out and named. The first campaign stays as it is, and each shows the other once both"
            " are public."
        ),
        ("desk:bills", "desk:campaigns"),
    ),
    "desk:campaign_carried": Help(
        _(
            "What became of the words on the way. At the top stands what still looks like the first"
            " state: mend it, or tick that it is meant, such as a person’s name. Nothing was"
            " changed inside a link or a name. Read the letter once more before it goes live."
        ),
        ("desk:campaigns",),
    ),
    "desk:letter_versions": Help(
        _(
            "Different words for different offices: thank a sponsor, ask an opponent, explain to a"
            " new member. Each seat gets exactly one version; whatever fits none gets the ask’s own"
            " letter. The count beside each version says how many seats it is for today."
        ),
        ("desk:bills", "desk:campaigns"),
    ),
    "desk:campaign_preview": Help(
        _(
            "The draft as its real page, in both languages, on a phone and on a desk. Nothing that"
            " is sent there is taken. A link for a colleague ends by itself and can be taken back."
        ),
        ("desk:campaigns",),
    ),
}
