"""The API as a whole: how requests are read, what goes wrong is answered, and what its OpenAPI document says."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Swagger
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from pydantic import BaseModel, ConfigDict

from dutygate.base.catalogue.errors import NotDone
from dutygate.base.documents.refusal import FileDamaged
from dutygate.config.api.people import Bearer
from dutygate.config.api.problems import CONTENT_TYPE, Problem, problem_of, respond
from dutygate.config.api.strict_json import is_fit, read_json
from dutygate.config.middleware import RETRY_AFTER_SECONDS, is_busy

_log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
ERRORS: Final = {
    401: "No valid token",
    403: "Not for this post",
    404: "Not there, or not yours to see",
    409: "Wrong state, or somebody was faster than what you had before you",
    413: "Too large",
    415: "Content type not supported",
    422: "Malformed, or refused by the law: the findings say which provision and what to do",
    429: "Too many failures",
    503: "Busy: nothing was changed, try again after Retry-After seconds",
}
"""What can go wrong, by status; every one is application/problem+json."""


class StrictParser(Parser):
    """Bodies are JSON with one meaning only."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises ProblemError (415) and Malformed; ninja wraps both, see ``_http_error``."""
        if request.content_type != "application/json":
            raise ProblemError(Problem(415, "unsupported_media_type", params={"wanted": "application/json"}))
        return read_json(request.body)


class ProblemError(Exception):
    """A problem that no exception of the door stands for."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Found(BaseModel):
    """问题: one reason, with the provision that it rests on and what to do next."""

    model_config = ConfigDict(title="Finding")

    code: str
    provision: str
    provision_label: str
    message: str
    what_to_do: str
    params: dict[str, Any]


class WrongField(BaseModel):
    """One field of the request that does not have the right form."""

    path: str
    message: str


class ProblemDocument(BaseModel):
    """application/problem+json (RFC 9457)."""

    model_config = ConfigDict(title="Problem")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    findings: list[Found]
    fields: list[WrongField] | None = None


class Api(NinjaAPI):
    """NinjaAPI whose every answer below 200-299 is problem+json, on known and unknown routes alike."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = super()._get_urls()
        for pattern in urls:
            if isinstance(pattern, URLPattern):
                pattern.callback = _guarded(pattern.callback)
        return [*urls, re_path(r"^.*$", unknown_route, name="unknown")]

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        """With the problems that every operation can answer with. Made once by a process: it takes the better part of a second, and anybody
        may ask.
        """
        known = (path_prefix, tuple((path_params or {}).items()))
        if known not in self._documents:
            self._documents[known] = self._document(path_prefix, path_params)
        return self._documents[known]

    @functools.cached_property
    def _documents(self) -> dict[tuple[Any, ...], OpenAPISchema]:
        return {}

    def _document(self, path_prefix: str | None, path_params: dict[str, Any] | None) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        definitions = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = schema["components"]["schemas"]
        schemas.update(definitions.pop("$defs"))
        schemas["Problem"] = definitions
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                _add_problems(path, method, operation)
        schema["components"]["schemas"] = dict(sorted(schemas.items()))
        answer = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        schema["components"]["responses"] = {str(status): {"description": text, "content": answer} for status, text in ERRORS.items()}
        return schema


def _add_problems(path: str, method: str, operation: dict[str, Any]) -> None:
    errors = {401, 403, 404, 503}
    if "requestBody" in operation or operation.get("parameters"):
        errors |= {422}
    if method == "post":
        errors |= {413, 415}
    if "/actions/" in path and method == "post":
        errors |= {409}
    if path.endswith("/tokens"):
        errors |= {409, 429}
    if method == "delete":
        errors |= {409, 422}
    for status in sorted(errors):
        operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}


def _guarded(view: View) -> View:
    """What ninja leaves to Django: wrong methods, texts that no database takes, and whatever escapes."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not all(is_fit(value) for value in kwargs.values() if isinstance(value, str)):
            return respond(request, Problem(404, "not_found"))
        if wrong := [name for name, values in request.GET.lists() for value in (name, *values) if not is_fit(value)]:
            fields = [(name if is_fit(name) else "query", "NUL or half of a surrogate pair") for name in dict.fromkeys(wrong)]
            return respond(request, Problem(422, "malformed", fields=fields))
        try:
            response = view(request, *args, **kwargs)
        except Exception as error:
            return answer_to(request, error)
        if response.status_code == 405:
            return respond(request, Problem(405, "method_not_allowed", headers={"Allow": response["Allow"]}))
        if request.path.endswith(("/docs", "/openapi.json")):
            return response
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


@csrf_exempt
def unknown_route(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Every address below /api that leads nowhere."""
    return respond(request, Problem(404, "not_found"))


def answer_to(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The answer to any exception. What is our own mistake is logged and answered with 500, never with a page of HTML."""
    known = _known(error) if isinstance(error, Exception) else None
    if known is not None:
        return respond(request, known)
    _log.error("%s %s failed", request.method, request.path, exc_info=error if isinstance(error, Exception) else None)
    return respond(request, Problem(500, "internal"))


def _known(error: BaseException) -> Problem | None:
    if isinstance(error, NotDone):
        return problem_of(error)
    if isinstance(error, ProblemError):
        return error.problem
    if is_busy(error):
        return Problem(503, "busy", headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    if isinstance(error, HttpError):
        return _http_error(error)
    if isinstance(error, ValidationError):
        return Problem(422, "malformed", fields=[(_path(e["loc"]), str(e["msg"])) for e in error.errors])
    if isinstance(error, Http404):
        return Problem(404, "not_found")
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return Problem(413, "too_large")
    if isinstance(error, MultiPartParserError | UnreadablePostError | SuspiciousOperation):
        return Problem(422, "malformed", fields=[("body", "not readable")])
    if isinstance(error, DataError | OverflowError | UnicodeError | RecursionError):
        _log.warning("input that should have been refused earlier: %s", type(error).__name__, exc_info=error)
        return Problem(422, "malformed", fields=[("body", "not storable")])
    if isinstance(error, FileDamaged):
        return Problem(500, "file_damaged")
    return None


def _http_error(error: HttpError) -> Problem:
    """What ninja itself raises: no token, or a body that the parser refused (the cause tells why)."""
    if error.status_code == 401:
        return Problem(401, "unauthenticated", headers={"WWW-Authenticate": 'Bearer realm="dutygate"'})
    cause = _known(error.__cause__) if error.__cause__ is not None else None
    return cause or Problem(422, "malformed", fields=[("body", "not readable")])


def _path(location: tuple[Any, ...]) -> str:
    """Where in the request: ninja puts (source, parameter) before the path within a body."""
    parts = [str(part) for part in location[1:]]
    if parts and parts[0] == "body":
        parts = parts[1:]
    return ".".join(parts) or str(location[0] if location else "body")


def new_api() -> Api:
    """The API without its operations."""
    api = Api(
        title="职责准入 dutygate",
        version="1",
        description=(
            "办理动作与查询。每个动作一个地址；每次拒绝都写明条款和下一步。出错一律为 application/problem+json。\n\n"
            "Actions and reads. One address for each action; every refusal names its provision and what to do next. "
            "All errors are application/problem+json; Accept-Language: en gives English."
        ),
        urls_namespace="api",
        auth=Bearer(),
        docs=Swagger(settings={"validatorUrl": None, "persistAuthorization": False, "docExpansion": "list"}),
    )
    api.parser = StrictParser()
    api.add_exception_handler(Exception, answer_to)
    for kind in (Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, answer_to)
    return api


__all__ = ["Api", "ProblemError", "new_api"]
