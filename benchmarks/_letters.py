"""The letters every contender carries: the same words to the same offices, over as many domains as
a real campaign has lanes.
"""

from dataclasses import dataclass

from worker.channels import email

DOMAINS = 20
SENDER = "letters@mail.example.org"
SUBJECT = "Open the playgrounds"
TEXT = (
    "Dear Delegate Smith,\n\n"
    + "Please open the playgrounds that were closed last winter, and keep them open.\n" * 14
    + "\nNora North\n"
)


@dataclass(frozen=True)
class BenchLetter:
    key: str
    domain: str
    recipient: str
    message_id: str

    @property
    def lane(self):
        return f"letters:{self.domain}"


def letters(run, count):
    return [one(run, number) for number in range(count)]


def one(run, number):
    domain = f"house{number % DOMAINS}.example"
    return BenchLetter(
        f"bench/{run}/{number}",
        domain,
        f"seat{number // DOMAINS}@{domain}",
        email.message_id(run, number),
    )


def composed(letter):
    return email.compose(
        message_id=letter.message_id,
        sender=("Nora North (via Children First)", SENDER),
        recipient=("Delegate Smith", letter.recipient),
        reply_to=("Nora North", "nora@example.org"),
        subject=SUBJECT,
        text=TEXT,
    )


def post_ours(campaign):
    """In the outbox, due only when the bench says so: nobody is woken yet."""
    from datetime import timedelta

    from django.utils import timezone

    from worker.outbox import Envelope, post

    later = timezone.now() + timedelta(hours=1)
    for start in range(0, len(campaign), 500):
        post(
            Envelope(
                key=letter.key,
                lane=letter.lane,
                recipient=letter.recipient,
                subject=SUBJECT,
                message=composed(letter),
                message_id=letter.message_id,
                recipient_key=f"bench:{letter.recipient}"[:80],
                scope_key="bench",
                due_at=later,
            )
            for letter in campaign[start : start + 500]
        )


def make_ours_due():
    from django.db.models.functions import Now

    from worker.models import Delivery

    Delivery.objects.filter(state="queued").update(due_at=Now())


def post_theirs(campaign):
    from post_office import mail

    for start in range(0, len(campaign), 500):
        mail.send_many(
            [
                {
                    "recipients": [letter.recipient],
                    "sender": f'"Nora North (via Children First)" <{SENDER}>',
                    "subject": SUBJECT,
                    "message": TEXT,
                    "headers": {
                        "Message-ID": letter.message_id,
                        "Reply-To": '"Nora North" <nora@example.org>',
                    },
                }
                for letter in campaign[start : start + 500]
            ]
        )
