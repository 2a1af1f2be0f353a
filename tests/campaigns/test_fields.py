"""How every form field is drawn: its label, help and error tied to it."""

import re

from django import forms
from django.template import engines


class Sample(forms.Form):
    street = forms.CharField(label="Street", help_text="With its number")
    note = forms.CharField(label="Note", required=False)
    agree = forms.BooleanField(label="Yes please", required=False)
    which = forms.ChoiceField(
        label="Which?", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )


def drawn(source, form):
    return engines["django"].from_string(source).render({"form": form})


def test_a_wrong_field_points_at_its_help_and_its_error():
    html = drawn("{{ form.street.as_field_group }}", Sample({}))
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html)[1].split()

    assert 'aria-invalid="true"' in html
    assert all(f'id="{name}"' in html for name in described)
    assert described == ["id_street_helptext", "id_street_error"]


def test_only_an_optional_field_is_marked_so():
    assert "(optional)" in drawn("{{ form.note.as_field_group }}", Sample())
    assert "(optional)" not in drawn("{{ form.street.as_field_group }}", Sample())


def test_a_box_is_never_ticked_by_us_and_its_label_is_its_target():
    html = drawn("{{ form.agree.as_field_group }}", Sample())

    assert "checked" not in html
    assert '<label class="check" for="id_agree">' in html


def test_choices_are_a_fieldset_with_a_legend():
    html = drawn("{{ form.which.as_field_group }}", Sample())

    assert "<fieldset" in html
    assert re.search(r"<legend>\s*Which\?", html)


def test_the_summary_links_to_every_wrong_field_and_takes_the_focus():
    html = drawn('{% include "_errors.html" %}', Sample({}))

    assert 'role="alert" tabindex="-1"' in html
    assert "2 things to fix" in html
    assert 'href="#id_street"' in html
    assert 'href="#id_which_0"' in html


def test_a_form_without_errors_has_no_summary():
    assert drawn('{% include "_errors.html" %}', Sample()).strip() == ""
