"""法定依据 as a person or program gives it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from dutygate.base.catalogue.action import Given

BasisKind = Literal["law", "administrative_regulation", "local_regulation", "rule", "policy", "sanding"]


class BasisGiven(Given):
    """法律、行政法规、地方性法规、规章、政策文件、“三定”规定，具体到条款 (Articles 1, 4.1).

    ``in_force_from`` is the first day on which it holds, ``in_force_to`` the first on which it no longer does.
    """

    title: str = Field(min_length=2, max_length=200)
    kind: BasisKind
    issuer: str = Field("", max_length=100)
    document_number: str = Field("", max_length=80)
    article: str = Field("", max_length=100)
    in_force_from: date | None = None
    in_force_to: date | None = None

    @model_validator(mode="after")
    def days_in_order(self) -> Self:
        """It cannot end before it begins."""
        if self.in_force_from and self.in_force_to and self.in_force_to <= self.in_force_from:
            raise ValueError("in_force_to must lie after in_force_from")
        return self

    def details(self) -> dict[str, Any]:
        """What is said of the provision itself."""
        return self.model_dump(exclude={"basis"})


class BasisCited(BasisGiven):
    """A basis on which an application rests: as it is written there, and with ``basis`` the one of the registry that was picked."""

    basis: str = Field("", pattern=r"^(?:[0-9]{1,18})?$")
