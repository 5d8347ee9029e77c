"""What a finding says, with its provision, as every face shows it: page, API, command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from dutygate.base.actions.naming import edition_now, unit_namer
from dutygate.law.rules import Finding
from dutygate.law.rules.wording import NoWords, catalogue, render


@dataclass(frozen=True, slots=True)
class Said:
    """One finding in words. ``summary`` is our short text of the provision; "" where it rests on none."""

    code: str
    provision: str
    provision_label: str
    message: str
    what_to_do: str
    params: dict[str, Any]
    summary: str = ""

    def as_dict(self) -> dict[str, Any]:
        """{code, provision, provision_label, message, what_to_do, params}."""
        plain = asdict(self)
        del plain["summary"]
        return plain


Addition = Callable[[Finding, str], str]
_additions: Final[list[Addition]] = []


def adds_to_what_is_said(addition: Addition) -> Addition:
    """Register what is said besides about a finding's provision: (finding, language) -> a sentence, or ""."""
    _additions[:] = [addition]
    return addition


def said(finding: Finding, lang: str, name_of: Callable[[str], str] | None = None) -> Said:
    """A finding in words, "zh" or "en". One without words shows its code; the tests find such a one."""
    params = {name: _plain(value) for name, value in finding.params.items()}
    edition = edition_now()
    try:
        words = render(finding, edition, lang, name_of or unit_namer())
    except NoWords:
        return Said(finding.code, finding.provision, "", finding.code, "", params)
    provision = edition.provisions.get(finding.provision)
    summary = provision.summary.in_language(lang) if provision else ""
    besides = [words.what_to_do, *(add(finding, lang) for add in _additions)]
    what_to_do = " ".join(filter(None, besides)) if lang == "en" else "".join(besides)
    return Said(finding.code, finding.provision, words.provision_label, words.message, what_to_do, params, summary)


def all_said(findings: Sequence[Finding], lang: str) -> list[Said]:
    """Several findings in words, each once; however many units they name, the directory is asked once."""
    name_of = unit_namer()
    return list({(s.code, s.message): s for s in (said(finding, lang, name_of) for finding in findings)}.values())


def found_in_words(finding: Finding, lang: str) -> dict[str, Any]:
    """{code, provision, provision_label, message, what_to_do, params} of a finding."""
    return said(finding, lang).as_dict()


def of_field(message: str, lang: str) -> str:
    """What is wrong with one field; a message that has no Chinese stays as it is."""
    return catalogue(lang).detail(message)


def _plain(value: Any) -> Any:
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | bool | None) else str(value)
