"""表单: log in, change the password, choose a post."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from dutygate.base.organizations.models import User


def _password(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=256, strip=False, widget=widget)


class LoginForm(forms.Form):
    """登录."""

    username = forms.CharField(
        label=_("用户名"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    )
    password = _password(_("口令"), "current-password")

    def clean_username(self) -> str:
        """User names are in small letters; people type as they like."""
        return str(self.cleaned_data["username"]).lower()


class PasswordForm(forms.Form):
    """修改口令. Whether the old one is right is asked by the page, because it counts as a try to log in."""

    old = _password(_("现在的口令"), "current-password")
    new = _password(_("新口令"), "new-password")
    again = _password(_("再输一次新口令"), "new-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def requirements(self) -> list[str]:
        """What a password must be."""
        return password_validators_help_texts()

    def clean_new(self) -> str:
        """Raises ValidationError with every reason."""
        new = str(self.cleaned_data["new"])
        validate_password(new, self.user)
        if new == self.cleaned_data.get("old"):
            raise forms.ValidationError(_("新口令不能和现在的一样。"), code="same")
        return new

    def clean_again(self) -> str:
        """Raises ValidationError when it is another one."""
        again = str(self.cleaned_data["again"])
        if self.cleaned_data.get("new") not in (None, again):
            raise forms.ValidationError(_("两次输入的新口令不一致。"), code="mismatch")
        return again


class PostForm(forms.Form):
    """选择岗位."""

    post = forms.IntegerField(min_value=0)
