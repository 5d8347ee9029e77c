"""口令强度: eight characters of three classes, as graded protection asks (GB/T 22239-2019)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MINIMUM_LENGTH = 8
CLASSES_NEEDED = 3


def classes_in(password: str) -> int:
    """How many of the four classes occur: lower-case letters, upper-case letters, digits, everything else."""
    kinds = {
        "lower"
        if c.isascii() and c.islower()
        else "upper"
        if c.isascii() and c.isupper()
        else "digit"
        if c.isascii() and c.isdigit()
        else "other"
        for c in password
    }
    return len(kinds)


class ThreeClassesValidator:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password that is too short or too uniform."""
        if len(password) < MINIMUM_LENGTH or classes_in(password) < CLASSES_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        """What a password must be, in the language of the page."""
        return _("口令至少 8 位，并含大写字母、小写字母、数字、其他符号四类中的三类。")
