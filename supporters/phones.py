"""A supporter's telephone number: read as it was typed, kept as RFC 3966 writes it without "tel:"
(+14244172469;ext=61914), and shown as each reader wants it.
"""

from __future__ import annotations

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

E164_LENGTH = 16  # with its plus sign
US = 1
SEVEN = re.compile(r"\d{7}")
EXTENSION = re.compile(
    r"[\s,]*(?:;ext=|\bext(?:ensi[oó]n|ension)?\b\.?|\banexo\b|\bint(?:erno)?\b\.?|x|#)\s*[:.]?\s*"
    r"(\d{1,7})\s*$",
    re.IGNORECASE,
)


def typed_phone(typed: str, region: str = "US") -> str:
    """With its extension behind ";ext="; one without a country code is of this `region`, an ISO
    3166-1 code. Raises ValidationError, which says what to mend.

    Numbers kept for fiction (202-555-0100) are taken: who does not want to be called types one, and
    555 has real numbers too. What cannot be anybody's is not.
    """
    extension = EXTENSION.search(typed)
    number = typed[: extension.start()] if extension else typed
    number = re.sub(r"(?i)^\s*tel:", "", number)
    # The library would read letters as a keypad's digits, and leave out what it cannot.
    if re.search(r"[^\W\d_]", number):
        raise ValidationError(looks_like_none())
    try:
        found = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(looks_like_none()) from error
    digits = phonenumbers.national_significant_number(found)
    if found.country_code == US and SEVEN.fullmatch(digits):
        raise ValidationError(_("This number lacks its area code. Please type all ten digits."))
    e164 = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    # Some countries' plans are possible beyond the fifteen digits of E.164 itself.
    fits = phonenumbers.is_possible_number_with_reason(found)
    if fits != phonenumbers.ValidationResult.IS_POSSIBLE or len(e164) > E164_LENGTH:
        raise ValidationError(_("This phone number has too few or too many digits."))
    # No area code begins so.
    begins_wrong = found.country_code == US and digits[0] in "01"
    if len(set(digits)) == 1 or begins_wrong:
        raise ValidationError(
            _("Nobody can be called at this number. Please check it, or leave it out.")
        )
    return f"{e164};ext={extension[1]}" if extension else e164


def looks_like_none() -> str:
    return _("This doesn't look like a phone number. Try it like 555 010 0123.")


def number_and_extension(kept: str) -> tuple[str, str]:
    """The number in E.164, and the extension or ""."""
    number, _ext, extension = kept.partition(";ext=")
    return number, extension


def shown_phone(kept: str) -> str:
    """As people write it: (424) 417-2469 ext. 61914, and +44 20 7946 0000 from elsewhere."""
    try:
        number = phonenumbers.parse(kept)
    except phonenumbers.NumberParseException:
        return kept
    at_home = number.country_code == US
    kinds = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, kinds.NATIONAL if at_home else kinds.INTERNATIONAL)
