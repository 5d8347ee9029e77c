"""A call as the command line takes it: who, in which post, does what."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from dutygate.base.catalogue.errors import Malformed


class CallGiven(BaseModel):
    """{user, post?, action, subject?, payload?, expected?, at?, key?}."""

    model_config = ConfigDict(extra="forbid")

    user: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    post: Annotated[str, StringConstraints(max_length=100)] = ""
    action: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    subject: Annotated[str, StringConstraints(max_length=80)] = ""
    payload: dict[str, Any] = Field(default_factory=dict)
    expected: dict[str, int] | None = None
    at: AwareDatetime | None = None
    key: Annotated[str, StringConstraints(max_length=128)] = ""

    @classmethod
    def read(cls, given: Any) -> Self:
        """Raises Malformed with the fields that have not the right form."""
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            fields = [(".".join(str(part) for part in e["loc"]) or "body", str(e["msg"])) for e in error.errors()]
            raise Malformed(fields) from None
