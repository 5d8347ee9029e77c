"""Reading YAML and plain values strictly, with errors that name the file and the key."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import yaml

from .parts import Text

if TYPE_CHECKING:
    from yaml import SafeLoader as _Loader
else:
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # six times as fast where libyaml is there


class EditionError(ValueError):
    """An edition's data cannot be used. The message names the file, the key and what to write there."""


class Plain:
    """A mapping or list being read, which knows where it stands ("parameters.yaml: parameters[2].label")."""

    def __init__(self, value: Any, where: str, key: str = "") -> None:
        self.value = value
        self.where = where
        self.key = key

    def error(self, message: str) -> EditionError:
        """The error to raise about this place."""
        return EditionError(f"{self.where}: {self.key or 'the file'}: {message}")

    def has(self, name: str) -> bool:
        """Whether the mapping has the key, with a value that is not null."""
        return isinstance(self.value, dict) and self.value.get(name) is not None

    def get(self, name: str) -> Plain:
        """What stands under `name`; EditionError if this is no mapping or has no such key."""
        if not isinstance(self.value, dict):
            raise self.error("must be a mapping")
        path = f"{self.key}.{name}" if self.key else name
        if name not in self.value:
            raise EditionError(f"{self.where}: {path} is missing")
        return Plain(self.value[name], self.where, path)

    def only(self, *names: str) -> Plain:
        """Itself; EditionError if the mapping has a key besides these (a misspelt key must not pass silently)."""
        if not isinstance(self.value, dict):
            raise self.error("must be a mapping")
        if extra := sorted(str(name) for name in self.value if name not in names):
            raise self.error(f"unknown key {extra[0]!r}; known are {', '.join(names)}")
        return self

    def each(self) -> Iterator[Plain]:
        """The members of a list."""
        if not isinstance(self.value, (list, tuple)):
            raise self.error("must be a list")
        for index, part in enumerate(self.value):
            yield Plain(part, self.where, f"{self.key}[{index}]")

    def text(self) -> str:
        """Non-empty text."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error("must be text, in quotes if it looks like a number, and not empty")
        return self.value.strip()

    def both(self) -> Text:
        """A text in both languages: {zh: …, en: …}."""
        self.only("zh", "en")
        return Text(self.get("zh").text(), self.get("en").text())

    def flag(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            raise self.error("must be true or false")
        return self.value

    def whole(self) -> int:
        """A whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.error("must be a whole number")
        return self.value

    def day(self) -> date:
        """A day, written 2024-06-05."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.error("must be a day written like 2024-06-05") from None

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(part.text() for part in self.each())

    def choice(self, *known: str) -> str:
        """One of the known words."""
        if self.value not in known:
            raise self.error(f"is {self.value!r}; must be one of {', '.join(known)}")
        return str(self.value)


def parse_yaml(text: str, where: str) -> Any:
    """The value of a YAML text read strictly: only true/false/null and whole numbers are not text.

    YAML 1.1 would turn `on` into True, 2024-06-05 into a date and 4.1 into a float: a provision's number must
    stay what was written. Raises EditionError for bad YAML and for a key that stands twice.
    """
    try:
        return yaml.load(text, Loader=_Strict)  # noqa: S506  (a SafeLoader with fewer types)
    except yaml.YAMLError as error:
        raise EditionError(f"{where}: {error}") from error


class _Strict(_Loader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_RESOLVERS: Final = (
    ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), "tf"),
    ("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""]),
    ("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), "-0123456789"),
)
_Strict.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _RESOLVERS:
    _Strict.add_implicit_resolver(_tag, _pattern, list(_first))
