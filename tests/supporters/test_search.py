"""Somebody is found by name, mailbox, telephone or ZIP: quickly, and nobody under 18 by chance."""

import pytest

from supporters.models import Supporter
from supporters.plain_names import Plain, plain
from tests import build

NAMES = ["O'Neil-Šimůnek", "de la Cruz", "ÁLVAREZ", "Łukaszewski", "Đặng", "Großmann", "Ñandú"]


@pytest.mark.django_db
def test_the_database_makes_the_same_of_a_name_as_we_do():
    for name in NAMES:
        build.supporter(family_name=name)
    made = Supporter.objects.annotate(plain=Plain("family_name")).values_list(
        "family_name", "plain"
    )

    assert len(made) == len(NAMES)
    for name, by_database in made:
        assert plain(name) == by_database
    assert plain("O'Neil-Šimůnek") == "ONEILSIMUNEK"
