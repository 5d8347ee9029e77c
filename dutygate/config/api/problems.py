"""application/problem+json (RFC 9457): the one shape of everything that goes wrong, the same as the command line prints."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from dutygate.base.actions.saying import found_in_words, of_field
from dutygate.base.catalogue.errors import Malformed, NotDone
from dutygate.config.api import words
from dutygate.config.middleware import RETRY_AFTER_SECONDS
from dutygate.law.rules import Finding

CONTENT_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, before it is put into words. ``fields``: (path, message). ``params`` fill the door's own words."""

    status: int
    code: str
    findings: Sequence[Finding] = ()
    fields: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)


def problem_of(error: NotDone) -> Problem:
    """The problem that an exception of the door stands for."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if error.status == 503 else {}
    if isinstance(error, Malformed):
        return Problem(error.status, error.code, (), [(_path(path), message) for path, message in error.fields], headers)
    return Problem(error.status, error.code, error.findings, (), headers)


def as_document(problem: Problem, lang: str, instance: str) -> dict[str, Any]:
    """The document: {type, title, status, detail, instance, code, findings, fields?}."""
    findings = [found_in_words(finding, lang) for finding in _findings(problem, lang)]
    if not findings:
        message, what_to_do = words.own_words(problem.code, lang, **problem.params)
        findings = [
            {"code": problem.code, "provision": "", "provision_label": "", "message": message, "what_to_do": what_to_do, "params": {}}
        ]
    document = {
        "type": f"urn:dutygate:problem:{problem.code}",
        "title": words.title(problem.status, lang),
        "status": problem.status,
        "detail": findings[0]["message"],
        "instance": instance,
        "code": problem.code,
        "findings": findings,
    }
    if problem.fields:
        document["fields"] = [{"path": path, "message": of_field(message, lang)} for path, message in problem.fields]
    return document


def respond(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The response, in the language that was asked for."""
    document = as_document(problem, words.language_of(request), request.path)
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return HttpResponse(body, status=problem.status, content_type=CONTENT_TYPE, headers=dict(problem.headers))


def _findings(problem: Problem, lang: str) -> Sequence[Finding]:
    if problem.findings or problem.code in words.OWN:
        return problem.findings
    if problem.code == "malformed":
        told = [f"{path}（{of_field(m, lang)}）" if lang == "zh" else f"{path} ({of_field(m, lang)})" for path, m in problem.fields]
        return [Finding("malformed", "", {"field": text}) for text in told or ["body"]]
    params = {"action": problem.fields[0][1]} if problem.code == "unknown_action" and problem.fields else {}
    return [Finding(problem.code, "", params)]


def _path(path: str) -> str:
    return path or "payload"


__all__ = ["CONTENT_TYPE", "Problem", "as_document", "problem_of", "respond"]
