"""What a finding says to people: what is wrong and what to do next, in Chinese and in English.

The sentences stand in ``words/zh`` and ``words/en`` by the code of the finding; names come from the edition under
which the case runs, and units from whoever asks. Every face (page, API, command line) renders through here, so that one
refusal reads the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, Final

from dutygate.law.regulation.edition import package_editions
from dutygate.law.regulation.reading import Plain, parse_yaml
from dutygate.law.rules.registry import Finding

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

LANGUAGES: Final = ("zh", "en")
SENTENCES: Final = ("rules", "office", "lists", "conference", "papers", "support", "editions", "tasks", "supervision", "door")
UNITS: Final = ("township", "department", "unit")
PLACEHOLDER: Final = re.compile(r"\{([a-z_.]+)\}")

_KINDS: Final = ("field", "action", "safeguard", "post", "state")
_FROM_PROCEDURE: Final = {"state": "states", "by": "roles", "post": "roles"}


class NoWords(LookupError):
    """A finding's code has no words: a mistake of the program, found by the tests."""


@dataclass(frozen=True, slots=True)
class Words:
    """A finding in one language. ``provision_label`` is "" when it rests on no provision (a stale page, a busy server)."""

    message: str
    what_to_do: str
    provision_label: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language, ``findings`` as code -> (message, what to do), and the names that no edition gives."""

    findings: Mapping[str, tuple[str, str]]
    names: Mapping[str, Mapping[str, str]]
    nothing: str
    separator: str
    brackets: tuple[str, str]
    details: tuple[tuple[re.Pattern[str], str], ...]

    def detail(self, message: str) -> str:
        """What a form said about one field, in this language; as it is, if nobody put it into words."""
        bare = message.removeprefix("Value error, ")
        for pattern, words in self.details:
            if found := pattern.fullmatch(bare):
                parts = words.split("{}")
                held = [group.replace(" or ", self.separator) for group in found.groups()[: len(parts) - 1]]
                return "".join(chain.from_iterable(zip_longest(parts, held, fillvalue="")))
        return bare


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(lang: str) -> Catalogue:
    """The words of a language, "zh" or "en". Raises EditionError (a ValueError) when the file has not the expected shape."""
    found: dict[str, tuple[str, str]] = {}
    for part in SENTENCES:
        findings = _read(lang, part)
        for code in findings.value:
            if code in found:
                raise findings.error(f"{code!r} stands in another file already")
            entry = findings.get(code).only("message", "do")
            found[code] = (entry.get("message").text(), entry.get("do").text())
    names = _read(lang, "names").only("nothing", "separator", "brackets", *_KINDS)
    by_kind = {kind: {name: names.get(kind).get(name).text() for name in names.get(kind).value} for kind in _KINDS}
    separator, brackets = str(names.get("separator").value), str(names.get("brackets").value).split("…")
    return Catalogue(found, by_kind, names.get("nothing").text(), separator, (brackets[0], brackets[1]), _details(lang))


def _details(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """English needs none: forms speak it."""
    if lang == "en":
        return ()
    pairs = _read(lang, "details")
    return tuple((re.compile("(.+)".join(map(re.escape, said.split("{}")))), pairs.get(said).text()) for said in pairs.value)


def _read(lang: str, part: str) -> Plain:
    where = f"words/{lang}/{part}.yaml"
    text = (files("dutygate.law.rules") / "words" / lang / f"{part}.yaml").read_text(encoding="utf-8")
    return Plain(parse_yaml(text, where), where)


def form_findings(code: str, fields: Iterable[tuple[str, str]]) -> list[Finding]:
    """What is wrong with the form of an input, as findings: one for each (path, message). They rest on no provision."""
    return [Finding(code, "", {"field": path, "detail": message}) for path, message in fields]


def render(finding: Finding, edition: Edition, lang: str, unit_name: Callable[[str], str]) -> Words:
    """The words of a finding. ``lang``: "en" and its variants give English, all else Chinese.

    ``unit_name`` turns a unit's key into its name in that language; a LookupError from it shows the key itself. A parameter
    that nobody has a name for is shown as it is, a missing one as "not stated". Raises NoWords for an unknown code.
    """
    language = "en" if lang.lower().split("-")[0] == "en" else "zh"
    words = catalogue(language)
    try:
        message, what_to_do = words.findings[finding.code]
    except KeyError:
        raise NoWords(f"no words for the finding {finding.code!r} in words/{language}") from None
    names = _Names(edition, language, words, unit_name)

    def fill(match: re.Match[str]) -> str:
        key = match.group(1)
        name = names.action(key) if "." in key else names.of(key, finding.params.get(key))
        if key == "field" and (said := finding.params.get("detail")):
            return name + words.brackets[0] + words.detail(str(said)) + words.brackets[1]
        return name

    provision = edition.provisions.get(finding.provision)
    label = provision.label.in_language(language) if provision else ""
    return Words(PLACEHOLDER.sub(fill, message), PLACEHOLDER.sub(fill, what_to_do), label)


@dataclass(frozen=True, slots=True)
class _Names:
    """Turns the parameters of a finding into names."""

    edition: Edition
    language: str
    words: Catalogue
    unit_name: Callable[[str], str]

    def of(self, key: str, value: Any) -> str:
        """The name of a parameter's value; of several, all of them."""
        if value is None or value == "":
            return self.words.nothing
        if isinstance(value, list | tuple | set | frozenset):
            each = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return self.words.separator.join(self.of(key, member) for member in each) or self.words.nothing
        return self._one(key, str(value))

    def action(self, name: str) -> str:
        """The label of an action in the procedure."""
        for section in ("actions", "offices", "report_actions"):
            for entry in self.edition.procedure.get(section, ()):
                if entry.get("action") == name and self.language in entry:
                    return str(entry[self.language])
        return name

    def _one(self, key: str, value: str) -> str:
        if key in UNITS:
            try:
                return self.unit_name(value) or value
            except LookupError:
                return value
        if key == "edition":
            return self._edition(value)
        if key == "seat" and ":" in value:
            return self._member_seat(*value.split(":", 1))
        if value in self.words.names.get("post" if key == "by" else key, {}):
            return self.words.names["post" if key == "by" else key][value]
        if key == "action":
            return self.action(value)
        if key in _FROM_PROCEDURE:
            part, table = _FROM_PROCEDURE[key], self.edition.procedure
            label = table.get(part, {}).get(value) or table.get(f"report_{part}", {}).get(value, {})
            name = str(label.get(self.language, value))
            return name if key == "state" else name[0].lower() + name[1:]  # who does it stands inside a sentence
        labelled = self._labelled(key).get(value)
        return labelled.label.in_language(self.language) if labelled else value

    def _labelled(self, key: str) -> Mapping[str, Any]:
        known: dict[str, Mapping[str, Any]] = {
            "item": self.edition.all_items,
            "point": self.edition.focus_points,
            "seat": self.edition.seats,
            "body": self.edition.seats,
            "declared_class": self.edition.exclusions.classes,
            "provision": self.edition.provisions,
            "parameter": self.edition.parameters,
        }
        return known.get(key, {})

    def _member_seat(self, seat: str, unit: str) -> str:
        """An appointed member's seat, "member:<unit key>", by its label and the member's name."""
        name = self.of("unit", unit)
        return f"{self._one('seat', seat)} ({name})" if self.language == "en" else f"{self._one('seat', seat)}（{name}）"

    def _edition(self, value: str) -> str:
        named = self.edition if value == self.edition.id else package_editions().get(value)
        if named is None:
            return value
        return named.title.en if self.language == "en" else named.document_number
