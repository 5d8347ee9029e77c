"""What the forms on reports share: the report above the fields, files without names, nothing kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm
from dutygate.features.supervision.keeping import kept_nameless
from dutygate.features.supervision.queries import Here
from dutygate.features.supervision.words import FORMS


def form_choices() -> list[tuple[str, str]]:
    """Article 7's forms to choose from."""
    return [(name, gettext(words)) for name, words in FORMS.items()]


class ReportForm(ActForm):
    """A form on a report, or on none yet. ``place`` of the scene is a ``Place``. Words about a report stay where they are: no drafts."""

    page = "supervision/act.html"
    template = "supervision/_fields.html"
    drafted: ClassVar[bool] = False

    @property
    def here(self) -> Here:
        """The jurisdiction as the page has read it."""
        found: Here = self.scene.place.here
        return found

    def context(self) -> dict[str, Any]:
        """The report, as the viewer may see it."""
        return {"report": self.scene.place.report}


def _file(label: Any, help_text: Any = "") -> forms.FileField:
    return forms.FileField(label=label, required=False, help_text=help_text, widget=forms.FileInput(attrs={"class": "form-control"}))


def _kept() -> forms.CharField:
    return forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())


class FilesForm(ReportForm):
    """With up to three files: checked by content, kept by digest even when the form comes back, under no name."""

    files_kept: ClassVar[Mapping[str, str]] = {"file_1": "kept_1", "file_2": "kept_2", "file_3": "kept_3"}

    file_1 = _file(_("附件"), _("PDF、图片或办公文档，不超过 20 兆；可以不附。文件名不会保存。不得上传涉密文件。"))
    file_2 = _file(_("附件（二）"))
    file_3 = _file(_("附件（三）"))
    kept_1, kept_1_name = _kept(), _kept()
    kept_2, kept_2_name = _kept(), _kept()
    kept_3, kept_3_name = _kept(), _kept()

    def keep_file(self, name: str, brought: BinaryIO) -> tuple[str, str]:
        """Apart from all other files."""
        return kept_nameless(self.scene.viewer, brought, self.scene.moment)

    def payload(self) -> dict[str, Any]:
        """The files by their digests."""
        kept_out = {*self.files_kept, *self.files_kept.values()}
        plain = {name: value for name, value in super().payload().items() if name not in kept_out}
        files = [self.data.get(hidden) for hidden in self.files_kept.values() if self.data.get(hidden)]
        return {**plain, "files": files} if files else plain
