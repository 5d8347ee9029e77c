"""Calling the API as the people of the test world."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from dutygate.base.actions.perform import perform
from dutygate.base.documents.tests.samples import pdf
from dutygate.base.organizations.credentials import new_secret, set_token_secret
from tests.world import World

BASE = "/api/v1"


def token_for(world: World, role: str) -> str:
    """A token for the post of that role, without the password (which costs time on purpose)."""
    acting = world.people[role]
    given = {"label": "test", "expires_on": world.today + timedelta(days=30)}
    issued = perform(acting, "token.issue", str(acting.post_id), given, via="import")
    secret = new_secret()
    assert set_token_secret(int(issued.result["id"]), secret)
    return secret


@dataclass
class Answer:
    """Status, headers and the JSON that was answered."""

    status: int
    headers: dict[str, str]
    data: Any

    @property
    def codes(self) -> list[str]:
        """The codes of the findings."""
        return [finding["code"] for finding in self.data["findings"]]


@dataclass
class Caller:
    """One person at the API. ``steps``: what is told of a case is asked once, where a test changes nothing."""

    token: str
    language: str = ""
    steps: dict[str, list[dict[str, Any]]] | None = None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Any request. ``body``: JSON, or bytes as they are."""
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if self.language:
            sent["Accept-Language"] = self.language
        data = body if isinstance(body, bytes) else json.dumps(body) if body is not None else ""
        kind = {} if method == "GET" else {"data": data, "content_type": headers.pop("content_type", "application/json")}
        response = self.client.generic(method, BASE + path, headers={**sent, **headers}, **kind)
        text = response.content.decode()
        return Answer(
            response.status_code, dict(response.headers), json.loads(text) if text and "json" in response["Content-Type"] else text
        )

    def get(self, path: str) -> Answer:
        """GET."""
        return self.send("GET", path)

    def act(self, action: str, subject: str, payload: Any = None, *, expected: Any = None, key: str = "", at: str = "") -> Answer:
        """POST /actions/<action>. Without ``expected``, what /cases/{number}/actions says is sent back."""
        if expected is None and "-" in subject and "." not in subject:  # a case; "150721.change-1" is none
            expected = next((step["expected"] for step in self.steps_of(subject) if step["action"] == action), None)
        body = {"subject": subject, "payload": payload or {}, "expected": expected or None}
        if at:
            body["at"] = at
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", f"/actions/{action}", body, **headers)

    def steps_of(self, number: str) -> list[dict[str, Any]]:
        """What /cases/{number}/actions tells this person."""
        if self.steps is not None and number in self.steps:
            return self.steps[number]
        now = self.get(f"/cases/{number}/actions")
        found: list[dict[str, Any]] = now.data["actions"] if now.status == 200 else []
        if self.steps is not None:
            self.steps[number] = found
        return found

    def bring(self, data: bytes | None = None, name: str = "扫描件.pdf") -> Answer:
        """POST /files."""
        file = io.BytesIO(pdf() if data is None else data)
        file.name = name
        response = self.client.post(BASE + "/files", {"file": file}, headers={"Authorization": f"Bearer {self.token}"})
        return Answer(response.status_code, dict(response.headers), response.json())
