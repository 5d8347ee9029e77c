"""办理动作: one address for each action of the catalogue, with that action's own payload."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja.params import functions as params
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, create_model

from dutygate.base.actions.naming import newest_procedure
from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.action import Action
from dutygate.base.catalogue.registry import all_actions
from dutygate.base.organizations.credentials import new_secret, set_token_secret
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas import OutcomeOut
from dutygate.config.api.site import Api
from dutygate.law.regulation.edition import package_editions

Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,128}$")]
Subject = Annotated[str, StringConstraints(max_length=80)]
Token = Annotated[int, Field(ge=0, le=2**53 - 1)]
ISSUE: Final = "token.issue"


def add_actions(api: Api) -> None:
    """POST /actions/<name> for every action that a person or program may ask for; internal ones are not offered."""
    for name, action in all_actions().items():
        if not action.internal:
            _add(api, name, action)


def _add(api: Api, name: str, action: Action[Any]) -> None:
    procedure = newest_procedure()
    label, cites = procedure.labels[name], procedure.cites(name)
    edition = [edition for edition in package_editions().values() if edition.content_published][-1]
    provision = edition.provisions[cites]
    about = _about(action)
    api.post(
        f"/actions/{name}",
        response=OutcomeOut,
        operation_id="perform_" + name.replace(".", "_"),
        summary=f"{label.zh} · {label.en}",
        description=f"{about}\n\n{provision.label.zh} · {provision.label.en}: {provision.summary.zh}",
        tags=[name.partition(".")[0]],
        openapi_extra={
            "x-provision": cites,
            "x-label": {"zh": label.zh, "en": label.en},
            "x-by": sorted(procedure.roles_of(name)),
        },
    )(_view(name, _body(name, action)))


def _about(action: Action[Any]) -> str:
    lines = (type(action).__doc__ or "").strip().splitlines()
    return "\n".join(line.strip() for line in lines)


def _view(name: str, body_model: type[BaseModel]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, body: Any, idempotency_key: Key | None = None) -> HttpResponse:
        outcome = perform(
            viewer_of(request),
            name,
            body.subject,
            body.payload,
            expected=body.expected,
            at=body.at,
            key=idempotency_key,
            via="api",
        ).as_dict()
        return reply(_with_secret(outcome) if name == ISSUE else outcome)

    view.__name__ = "perform_" + name.replace(".", "_")
    view.__annotations__ = {
        "request": HttpRequest,
        "body": Annotated[body_model, params.Body(...)],
        "idempotency_key": Annotated[Key | None, params.Header(None, alias="Idempotency-Key")],
        "return": HttpResponse,
    }
    return view


def _with_secret(outcome: dict[str, Any]) -> dict[str, Any]:
    """The token's secret is made here, shown this once, and stands in no entry; the same request again does not show it."""
    secret = new_secret()
    if set_token_secret(int(outcome["result"]["id"]), secret):
        outcome["result"]["token"] = secret
    return outcome


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _body(name: str, action: Action[Any]) -> type[BaseModel]:
    """{subject, payload, expected?, at?}; models carry the action's name, so that each has its own place in the document."""
    stem = "".join(part.capitalize() for part in name.replace("_", ".").split("."))
    payload = type(f"{stem}Payload", (action.Payload,), {"__doc__": action.Payload.__doc__, "__module__": __name__})
    subject = Field(description="What is acted on: a case number; for other actions see the description.")
    expected = Field(
        None, description="What you had before you: the tokens from /cases/{number}/actions. Stale ones are answered with 409."
    )
    at = Field(None, description="When it was done, if that was before now (paper).")
    return create_model(
        f"{stem}Request",
        __base__=_Request,
        subject=(Subject, subject),
        payload=(payload, Field()),
        expected=(dict[Annotated[str, StringConstraints(max_length=40)], Token] | None, expected),
        at=(AwareDatetime | None, at),
    )
