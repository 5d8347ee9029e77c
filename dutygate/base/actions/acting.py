"""办理页: one action filled in, checked, done or refused; the same for every action, so that nothing typed is ever lost.

GET shows the form with what was typed before (a draft, or a form in whose middle the session ended). POST keeps a draft,
shows the form again (with more rows, or after a search in it), tries out the rules, or acts; a refusal comes back at its field
with its article, a stale page with what has changed since.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from dutygate.base.actions.drafts import draft_of, forget_draft, save_draft
from dutygate.base.actions.forms import ActForm, Scene
from dutygate.base.actions.outcome import Outcome
from dutygate.base.actions.perform import as_sealed, done_under, perform
from dutygate.base.actions.saying import Said, all_said, of_field
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotDone, Refused
from dutygate.base.catalogue.registry import action_named
from dutygate.base.documents.refusal import FileNotAccepted
from dutygate.base.organizations.typed import MARK, mark_of, read_mark, take_typed
from dutygate.law.rules import Finding

PREPARE: Final = "signature.prepare"
"""What is done instead, where a second person has to sign."""
KEPT_OUT: Final = frozenset({"csrfmiddlewaretoken", MARK, "_intent", "_expected", "_key"})


@dataclass(slots=True)
class Page:
    """Around the form: what the act is called, on which provision, where to go afterwards, what else the template needs.

    ``can``: whether the act is open to the viewer now; ``blocked``: what the rules say before anything is filled in.
    """

    label: str
    cites: str
    back: str
    done: Any
    can: bool = True
    blocked: list[Said] = field(default_factory=list)
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Said:
    """What has to be said above and beside the fields."""

    status: int = 200
    top: list[Said] = field(default_factory=list)
    at: dict[str, list[Said]] = field(default_factory=dict)
    stale: bool = False
    changes: list[dict[str, Any]] = field(default_factory=list)
    other_post: bool = False
    restored: Any = None
    came_back: Any = None
    tried: bool = False


def act_page(request: HttpRequest, form_class: type[ActForm], scene: Scene, page: Page) -> HttpResponse:
    """The whole life of one form. ``page.done`` is an address, or a function of the outcome that gives one; the outcome is None where
    nothing was changed.
    """
    if request.method == "POST":
        return _posted(request, form_class, scene, page)
    again = _Said()
    typed = take_typed(request)
    if typed is None:
        kept = draft_of(scene.viewer, form_class.draft_key(scene)) if form_class.drafted else None
        if kept is not None:
            typed, again.restored = _as_data(kept[0]), kept[1]
        elif scene.came_back is not None and "blank" not in request.GET:
            typed, again.came_back = _as_data(scene.came_back[0]), scene.came_back
    else:
        again.restored = scene.moment
    if typed is not None and "_seen" in typed:
        again.changes = scene.since(_number(str(typed["_seen"])))
    return _show(request, form_class(scene, typed=typed), page, again)


def _posted(request: HttpRequest, form_class: type[ActForm], scene: Scene, page: Page) -> HttpResponse:
    intent = request.POST.get("_intent", "do")
    data = request.POST.copy()
    form = form_class(scene, data, request.FILES)
    mark = read_mark(data.get(MARK, "")) or {}
    if mark.get("post") != scene.viewer.post_id or mark.get("form") != form.draft_form:
        return _show(request, form, page, _Said(status=409, other_post=True))
    if intent == "discard":
        forget_draft(scene.viewer, form.draft_form)
        return HttpResponseRedirect(request.get_full_path())
    said = _Said()
    _keep_files(form, data, scene, said)
    if intent == "again":
        return _show(request, form_class(scene, typed=data), page, said)
    if intent == "draft":
        return _draft(request, form, page, said)
    if intent == "check":
        return _check(request, form, page, said)
    return _do(request, form, page, said)


def _do(request: HttpRequest, form: ActForm, page: Page, said: _Said) -> HttpResponse:
    scene = form.scene
    valid = form.is_valid()
    if said.at or said.top or not valid:
        said.status = 422
        return _show(request, form, page, said)
    payload = form.payload()
    if not form.changes_something(payload):
        forget_draft(scene.viewer, form.draft_form)
        messages.info(request, _("没有改动，不用登记。"))
        return HttpResponseRedirect(_where(page, None))
    try:
        outcome = _performed(form, payload)
    except Refused as refused:
        return _show(request, form, page, _placed(form, form.told(refused.findings), said, 422))
    except Malformed as malformed:
        return _show(request, form, page, _malformed(form, malformed, said))
    except (Conflict, NotAllowed) as error:
        # A name that is taken is no stale page: it is said at its field.
        at_its_field = bool(error.findings) and all(form.place_of(finding.code, finding.params) for finding in error.findings)
        if not scene.subject and not at_its_field:
            raise
        # Nothing typed is lost, whatever happened meanwhile: it stays here, and as a draft.
        _keep(form, page)
        if not at_its_field:
            said.stale = True
            said.changes = scene.since(_number(form.data.get("_seen", "")))
        return _show(request, form, page, _placed(form, form.told(_told(error)), said, error.status))
    forget_draft(scene.viewer, form.draft_form)
    said_done = _("已送签发：%(what)s。登记号 %(entry)s。") if scene.second else _("已办：%(what)s。登记号 %(entry)s。")
    messages.success(request, said_done % {"what": page.label, "entry": outcome.entry})
    return HttpResponseRedirect(page.back if scene.second else _where(page, outcome))


def _performed(form: ActForm, payload: Mapping[str, Any]) -> Outcome:
    """Done; or prepared as it was typed, where a second person has to sign it."""
    scene, expected = form.scene, _expected(form.data.get("_expected", ""))
    key = form.data.get("_key") or None
    if not scene.second:
        return perform(scene.viewer, form.action, scene.subject, payload, expected=expected, key=key, via="page")
    plain = as_sealed(action_named(form.action).Payload, payload)[1]
    prepared = {"action": form.action, "payload": plain, "based_on": expected, "typed": _typed(form)}
    return perform(scene.viewer, PREPARE, scene.subject, prepared, key=key, via="page")


def _typed(form: ActForm) -> dict[str, list[str]]:
    """The fields as they stand in the form, files by the digests that were kept."""
    return {name: form.data.getlist(name) for name in form.data if name not in KEPT_OUT and name not in form.files_kept}  # type: ignore[attr-defined]


def _told(error: NotDone) -> list[Finding]:
    """Everything but "your page is stale", which the list of changes says better."""
    return [finding for finding in error.findings if finding.code != "stale"]


def _where(page: Page, outcome: Outcome | None) -> str:
    return str(page.done(outcome) if callable(page.done) else page.done)


def _draft(request: HttpRequest, form: ActForm, page: Page, said: _Said) -> HttpResponse:
    kept = _keep(form, page)
    if request.headers.get("HX-Request") == "true":
        if done_under(form.scene.viewer, str(form.data.get("_key", ""))):
            # What the page saves by itself may come after the act that it went with: nothing is left to be finished.
            forget_draft(form.scene.viewer, form.draft_form)
        return render(request, "actions/_draft.html", {"kept": kept, "saved_at": form.scene.moment})
    if not kept:
        said.top.append(Said("draft_too_long", "", "", _("内容太长，草稿没有存下。"), "", {}))
        return _show(request, form, page, said)
    messages.success(request, _("草稿已保存，没有提交。可以从工作台的“草稿”接着填。"))
    return HttpResponseRedirect(request.get_full_path())


def _keep(form: ActForm, page: Page) -> bool:
    path = str(page.context.get("path", ""))
    title = f"{page.label} {form.draft_title()}"
    return form.drafted and save_draft(
        form.scene.viewer, form.draft_form, path=path, title=title, fields=_typed(form), moment=form.scene.moment
    )


def _check(request: HttpRequest, form: ActForm, page: Page, said: _Said) -> HttpResponse:
    """What the rules would say to what is typed now. Fields still empty are no reproach yet."""
    live = request.headers.get("HX-Request") == "true"
    valid = form.is_valid()
    if valid or live:
        try:
            said = _placed(form, form.asked(), said, 200)
        except Malformed as malformed:
            said = _malformed(form, malformed, said) if valid else said
        except (Conflict, NotAllowed) as error:
            said = _placed(form, error.findings, said, 200)
    said.tried = True
    if live:
        every = [*said.top, *(finding for there in said.at.values() for finding in there)]
        return render(request, "actions/_check.html", {"form": form, "findings": every, "valid": valid, **form.context()})
    return _show(request, form, page, said)


def _keep_files(form: ActForm, data: QueryDict, scene: Scene, said: _Said) -> None:
    """What was brought is stored at once, so that a form that comes back still has it."""
    for name, hidden in form.files_kept.items():
        brought = form.files.get(name)
        if brought is None:
            continue
        try:
            digest, shown = form.keep_file(str(brought.name or ""), cast(BinaryIO, brought))
        except FileNotAccepted as refused:
            for finding in all_said(refused.findings, scene.lang):
                said.at.setdefault(name, []).append(finding)
            continue
        data[hidden], data[f"{hidden}_name"] = digest, shown
        form.files.pop(name, None)


def _placed(form: ActForm, findings: Any, said: _Said, status: int) -> _Said:
    """Each finding at its field; the same words at two fields (of two cases in one form) are two findings."""
    for finding in [one for found in findings for one in all_said([found], form.scene.lang)]:
        name = form.place_of(finding.code, finding.params)
        there = said.at.setdefault(name, []) if name else said.top
        if all((other.code, other.message) != (finding.code, finding.message) for other in there):
            there.append(finding)
    said.status = status
    return said


def _malformed(form: ActForm, malformed: Malformed, said: _Said) -> _Said:
    for path, message in malformed.fields:
        name = form.place_of_path(path)
        form.add_error(name or None, of_field(message, form.scene.lang))
    said.status = 422
    return said


def _show(request: HttpRequest, form: ActForm, page: Page, said: _Said) -> HttpResponse:
    """What the act will be based on stays what was before her when she opened the page, until she is told what has changed since."""
    scene = form.scene
    kept = request.POST if request.method == "POST" and not said.stale and not said.other_post else {}
    if not kept:
        form.renewed()
    context = {
        "form": form,
        "page": page,
        "said": said,
        "scene": scene,
        "wrong": _wrong(form, said),
        "mark": mark_of(scene.viewer.user_id, scene.viewer.post_id, form.draft_form),
        "expected": kept.get("_expected", json.dumps(dict(scene.expected)) if scene.expected is not None else ""),
        "seen": kept.get("_seen", scene.seen),
        "buttons": () if scene.second else form.more_buttons,
        "key": secrets.token_urlsafe(18),
        **page.context,
        **form.context(),
    }
    return render(request, form.page, context, status=said.status)


def _wrong(form: ActForm, said: _Said) -> list[dict[str, Any]]:
    """The summary above a form that comes back: every complaint with a link to its field."""
    found: list[dict[str, Any]] = [{"text": finding.message, "finding": finding, "href": ""} for finding in said.top]
    errors = form.errors if form.is_bound and said.status == 422 else {}
    for name in form.fields:
        href = f"#{form[name].id_for_label or form[name].auto_id}"
        texts = [str(error) for error in errors.get(name, [])] + [finding.message for finding in said.at.get(name, [])]
        label = form.label_of(name)
        found += [{"text": _("%(field)s：%(what)s") % {"field": label, "what": text} if label else text, "href": href} for text in texts]
    return found


def _expected(text: str) -> dict[str, int] | None:
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    return {str(k): int(v) for k, v in found.items()} if isinstance(found, dict) else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _as_data(fields: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data
