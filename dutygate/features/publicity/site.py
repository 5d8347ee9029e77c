"""公开的一处: what every public page of a jurisdiction is read from, once for each request; nobody's session, nobody's cookie."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from dutygate.base.actions.naming import directory_for
from dutygate.base.documents.content import media_type_of
from dutygate.base.documents.storage import kept_bytes
from dutygate.base.organizations.directory import Directory, JurisdictionInfo, UnitInfo, UnknownUnit
from dutygate.base.register.chains import reference_version_of
from dutygate.features.lists.queries.published import Standing, Version, public_standing, public_version
from dutygate.features.papers.queries import public_letterhead
from dutygate.features.publicity.queries import public_contacts, public_contacts_version

LARGEST_PICTURE: Final = 60_000
SEATS: Final = {"duties": "lead", "powers": "services"}
"""Which seat publishes which list (Article 3)."""


@dataclass
class Site:
    """One jurisdiction's public site on a day, in one language ("zh", "en")."""

    place: JurisdictionInfo
    today: date
    lang: str
    directory: Directory = field(init=False)

    def __post_init__(self) -> None:
        self.directory = directory_for(self.place.id)

    def href(self, name: str, *args: Any, **asked: Any) -> str:
        """The address of a public page, in the language of this one; what is "" or None is left out."""
        return address(name, self.lang, self.place.code, *args, **asked)

    @cached_property
    def version(self) -> Version:
        """What of the publications may be read now."""
        return public_version(self.place.id, self.today)

    @cached_property
    def contacts_version(self) -> tuple[int, int, datetime | None]:
        """What of the contacts may be read now."""
        return public_contacts_version(self.place.id)

    @property
    def state(self) -> list[Any]:
        """Everything on which a page of this site may depend."""
        head = self.letterhead
        told = (head.id, head.version) if head else ()
        return [self.version, self.contacts_version, told, self.today, reference_version_of(self.place.id)]

    @property
    def changed_at(self) -> datetime | None:
        """When something was last published."""
        return max(filter(None, (self.version.recorded_at, self.contacts_version[2])), default=None)

    @cached_property
    def every(self) -> dict[tuple[int, str], Standing]:
        """The lists as they stand published, of townships that are no more too."""
        return public_standing(self.place.id, self.today)

    @cached_property
    def standing(self) -> list[Standing]:
        """The lists that stand, of the townships of today, in the order of their codes, the duty list before the powers list."""
        order = {unit: place for place, unit in enumerate(self.directory.townships(self.today))}
        found = [one for (township, _name), one in self.every.items() if township in order]
        return sorted(found, key=lambda one: (one.list_name, order[one.township_id]))

    def lists(self, list_name: str = "", township: int | None = None) -> tuple[int, ...]:
        """The keys of those lists."""
        return tuple(one.key for one in self.standing if list_name in ("", one.list_name) and township in (None, one.township_id))

    def township(self, slug: str) -> UnitInfo | None:
        """A township of the jurisdiction, of today or of earlier days, by the short key that addresses carry."""
        try:
            unit = self.directory.by_key(f"{self.place.code}.{slug}")
        except UnknownUnit:
            return None
        return unit if unit.kind == "township" and unit.jurisdiction_id == self.place.id else None

    def name(self, unit: int, on: date | None = None) -> str:
        """A unit's name on a day, today if none."""
        return self.directory.name_on(unit, on or self.today) if unit in self.directory.units else ""

    def issuer(self, list_name: str, on: date) -> str:
        """发文机构: who held the seat that publishes that list, on that day."""
        unit = self.directory.seats(on).get(SEATS[list_name])
        return "" if unit is None else self.name(unit, on)

    def reached(self, names: list[str]) -> dict[str, dict[str, str]]:
        """Name, as it was published -> {name, telephone, address, hours} of the office that goes by it, or of who took its place."""
        units: dict[str, int] = {}
        for name in dict.fromkeys(names):
            try:
                units[name] = self.directory.stands_for(self.directory.resolve(name).id)
            except UnknownUnit:
                continue
        contacts = public_contacts(set(units.values()), self.today)
        return {
            name: {"name": self.name(unit), **{part: getattr(contacts[unit], part) for part in ("telephone", "address", "hours")}}
            for name, unit in units.items()
            if unit in contacts
        }

    @cached_property
    def letterhead(self) -> Any:
        """The head of the office that publishes; None where it has none."""
        return public_letterhead(self.directory.seats(self.today).get("lead"))

    @property
    def mongolian(self) -> dict[str, str]:
        """{text, picture}: what the letterhead has in Mongolian; the picture as an address that holds it, "" where it is too large."""
        head = self.letterhead
        if head is None:
            return {"text": "", "picture": ""}
        data = kept_bytes(head.mongolian_image) if head.mongolian_image else None
        picture = ""
        if data is not None and len(data) <= LARGEST_PICTURE:
            picture = f"data:{media_type_of(data)};base64,{b64encode(data).decode()}"
        return {"text": head.mongolian, "picture": picture}


def address(name: str, lang: str, *args: Any, **asked: Any) -> str:
    """The address of a public page in a language: Chinese has none in it, so that each page has one address for each language."""
    kept = {key: value for key, value in asked.items() if value not in ("", None)}
    if lang == "en":
        kept["lang"] = "en"
    return reverse(name, args=args) + (f"?{urlencode(kept)}" if kept else "")
