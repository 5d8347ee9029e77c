"""线索的用语: forms, findings, sides, as pages and the API call them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext, gettext_noop

FORMS: Final = {
    "pledge": gettext_noop("签订“责任状”"),
    "targets": gettext_noop("分解下达指标"),
    "assessment": gettext_noop("考核验收"),
    "hard_assignment": gettext_noop("硬性指派"),
    "unauthorized": gettext_noop("未经统一部署，擅自交办"),
    "in_other_name": gettext_noop("以部门或者议事协调机构名义交办"),
    "other": gettext_noop("其他方式"),
}
FINDINGS: Final = {
    "handed_down": gettext_noop("违反规定交办"),
    "unfounded": gettext_noop("反映的情况不属实，或者不违反规定"),
    "emergency": gettext_noop("突发、紧急事件的处置，不追究"),
}
SIDES: Final = {
    "examiner": gettext_noop("由本单位查处"),
    "reporter": gettext_noop("我反映的"),
    "body": gettext_noop("请本单位说明"),
}


def forms_in_words(names: object) -> list[str]:
    """The forms of Article 7 in the language of the page."""
    return [gettext(FORMS.get(name, str(name))) for name in names] if isinstance(names, list | tuple) else []


def finding_in_words(name: str) -> str:
    """A finding; "" for none."""
    return gettext(FINDINGS[name]) if name in FINDINGS else ""
