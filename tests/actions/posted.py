"""What was posted: letters to offices, and mails to supporters."""

from email import message_from_bytes, policy

from worker.models import Delivery


def letters():
    return Delivery.objects.exclude(lane="mail")


def mails():
    return Delivery.objects.filter(lane="mail")


def read(delivery):
    return message_from_bytes(bytes(delivery.message), policy=policy.default)


def body(message):
    """The plain text of a sealed message, as bytes."""
    mail = message_from_bytes(bytes(message), policy=policy.default)
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
