"""口令强度 (GB/T 22239-2019): eight characters, three classes of four."""

import pytest
from django.core.exceptions import ValidationError

from dutygate.base.organizations.credentials import UnknownUser, set_initial_password
from dutygate.base.organizations.passwords import ThreeClassesValidator

CHECK = ThreeClassesValidator()


@pytest.mark.law_only
@pytest.mark.parametrize("password", ["Abcdefg1", "abcdef1!", "ABCDEF1!", "Abcdefg!", "口令Abcdef"])
def test_three_classes_are_enough(password):
    CHECK.validate(password)


@pytest.mark.law_only
@pytest.mark.parametrize("password", ["", "Abc1!", "abcdefgh", "ABCDEFG1", "12345678", "口令口令口令口令", "abcdefg1"])
def test_fewer_are_not(password):
    with pytest.raises(ValidationError):
        CHECK.validate(password)


def test_a_weak_first_password_is_not_set(office):
    acting = office.person("naji", "150721.naji", "handler")
    for weak in ("12345678", "naji2026", "Password1"):
        with pytest.raises(ValidationError):
            set_initial_password(acting.user_id, weak)
    with pytest.raises(UnknownUser):
        set_initial_password(12345, "Naji-2026!")
