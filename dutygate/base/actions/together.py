"""One document about several cases: the form asks the rules of each case as if it alone were in the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from dutygate.base.actions.forms import ScanForm
from dutygate.base.actions.try_out import try_out
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed
from dutygate.law.rules import Finding
from dutygate.law.rules.wording import form_findings


class TogetherForm(ScanForm):
    """The payload is the document's fields and "cases": [{case: number, …}]; ``one`` is the action that each of them comes to."""

    one: ClassVar[str] = ""

    def asked(self) -> Sequence[Finding]:
        """Every case in the document is asked."""
        return [*super().asked(), *self._each()]

    def told(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """None was done; said is what stands in the way of each, not only of the first."""
        return self._each() or findings

    def _each(self) -> list[Finding]:
        payload = self.payload()
        document = {name: value for name, value in payload.items() if name != "cases"}
        return [finding for said in payload["cases"] for finding in self._of(document, said)]

    def _of(self, document: Mapping[str, Any], said: Mapping[str, Any]) -> Iterable[Finding]:
        single = {**document, **{name: value for name, value in said.items() if name != "case"}}
        found: Sequence[Finding]
        try:
            found = try_out(self.scene.viewer, self.one, said["case"], single, self.scene.moment, signed=False)
        except Malformed as malformed:
            found = form_findings("malformed", malformed.fields)
        except (Conflict, NotAllowed) as error:
            found = error.findings
        return [Finding(f.code, f.provision, {**f.params, "case": said["case"]}) for f in found]
