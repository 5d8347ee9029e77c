"""页面: people, one person with her posts and tokens; who is entered by the system administrator and appointed by the security one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dutygate.base.actions import security
from dutygate.base.actions.forms import Scene
from dutygate.base.actions.outcome import Outcome
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.base.organizations.cards import HeldPost
from dutygate.base.organizations.credentials import give_first_password
from dutygate.base.organizations.queries import office_people_of
from dutygate.base.organizations.queries.people import PersonLine, people_page, person_card, tokens_of
from dutygate.base.organizations.queries.units import unit_card
from dutygate.base.organizations.sessions import with_post
from dutygate.base.organizations.terms import POST_LABELS
from dutygate.features.administration.access import READERS, Visit, visit_of
from dutygate.features.administration.web import PAGE, act, asked, tabs
from dutygate.law.rules import Finding

OFFICE_KINDS: Final = frozenset({"handler", "signatory"})


@with_post
@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """人员: in the order of user names. With ``unit`` one is chosen for a post there."""
    visit = _administrator(request)
    q, unit, after = asked(request, "q"), asked(request, "unit", 80), asked(request, "after", 64)
    rows = people_page(visit.viewer, visit.today, q, PAGE + 1, after)
    card = unit_card(visit.viewer, unit, visit.today) if unit else None
    appoints = card is not None and visit.may("post.appoint", card.place)
    kept = {name: value for name, value in (("q", q), ("unit", unit)) if value}
    context = {
        "tabs": tabs(visit, "administration_people"),
        "q": q,
        "unit": card if appoints else None,
        "unit_name": card.name_on(visit.today) if card is not None else "",
        "lines": [_line(row, visit, unit if appoints else "") for row in rows[:PAGE]],
        "may_create": visit.may("user.create", visit.viewer.jurisdiction),
        "older": f"?{urlencode({**kept, 'after': rows[PAGE - 1].username})}" if len(rows) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if after else "",
    }
    return render(request, "administration/people.html", context)


@with_post
@never_cache
@require_safe
def person(request: HttpRequest, username: str) -> HttpResponse:
    """人员: her posts from day to day, and her tokens for who may revoke them."""
    visit = _administrator(request)
    card = person_card(visit.viewer, username, visit.today)
    posts = [_post(post, visit) for post in card.posts]
    appoints = visit.viewer.kind == "security_admin"
    context = {
        "tabs": tabs(visit, "administration_people"),
        "card": card,
        "posts": [post for post in posts if post["when"] != "past"],
        "past_posts": [post for post in posts if post["when"] == "past"],
        "tokens": [token for token in tokens_of(visit.viewer, card.id) if token.revoked_at is None and token.expires_at > visit.moment],
        "appoint": f"{reverse('administration')}?{urlencode({'person': card.username})}" if appoints else "",
        "may_give": visit.viewer.kind == "system_admin" and card.password_changed_at is None and card.must_change_password,
        "never_in": card.password_changed_at is None and card.must_change_password,
    }
    return render(request, "administration/person.html", context)


@with_post
@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """登记人员. Her first password is made here and shown this once; it stands in no entry."""
    visit = _administrator(request)
    visit.must("user.create", visit.viewer.jurisdiction)
    made: list[Outcome] = []

    def done(outcome: Outcome | None) -> str:
        made.extend([outcome] if outcome else [])
        return reverse("administration_people")

    scene = Scene(visit.viewer, "", visit.moment, visit.lang)
    response = act(request, "user.create", scene, reverse("administration_people"), done)
    if not made:
        return response
    username = str(made[0].result["username"])
    return _shown(request, visit, username, give_first_password(made[0].result["id"]))


@with_post
@never_cache
@sensitive_variables()
@require_POST
def first_password(request: HttpRequest, username: str) -> HttpResponse:
    """首次口令 once more, for a person who has never chosen one of her own: the slip of paper was lost."""
    visit = _administrator(request)
    visit.must("user.create", visit.viewer.jurisdiction)
    card = person_card(visit.viewer, username, visit.today)
    return _shown(request, visit, card.username, give_first_password(card.id, again=True))


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest) -> HttpResponse:
    """任职: unit and person were chosen on the pages before."""
    visit, scene, back, about = _in_unit(request, "post.appoint", ())
    return act(request, "post.appoint", scene, back, back, about=about)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """免去任职."""
    visit, scene, back, about = _in_unit(request, "post.end", ("post",))
    kind = scene.params["post"]
    if kind not in POST_LABELS:
        raise NotFound([Finding("not_found", "3", {"subject": kind})])
    return act(request, "post.end", scene, back, back, about=f"{about} · {_(POST_LABELS[kind])}")


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """工作移交: of somebody who leaves a unit, or has left it, to a colleague there."""
    visit, scene, back, about = _in_unit(request, "post.hand_over", ())
    people = office_people_of(visit.viewer, scene.subject, visit.today)
    others = [(one.username, f"{one.name} ({one.username})") for one in people if one.username != scene.params["person"]]
    return act(request, "post.hand_over", replace(scene, place=others), back, back, about=about)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, username: str, token: int) -> HttpResponse:
    """撤销接口令牌 of another person: the security administrator's."""
    visit = _administrator(request)
    visit.must("token.revoke", visit.viewer.jurisdiction)
    card = person_card(visit.viewer, username, visit.today)
    line = next((line for line in tokens_of(visit.viewer, card.id) if line.id == token), None)
    if line is None:
        raise NotFound([Finding("not_found", "3", {"subject": str(token)})])
    back = reverse("administration_person", args=[card.username])
    scene = Scene(visit.viewer, str(token), visit.moment, visit.lang)
    return act(request, "token.revoke", scene, back, back, about=f"{card.name} · {line.label}")


def _administrator(request: HttpRequest) -> Visit:
    visit = visit_of(request)
    if not visit.administers:
        raise NotAllowed([Finding("not_your_role", "3", {"action": "people", "by": list(READERS)})])
    return visit


def _in_unit(request: HttpRequest, action: str, more: tuple[str, ...]) -> tuple[Visit, Scene, str, str]:
    """(visit, scene, where to go back, whom it is about) of an act on a post. Raises NotFound for a unit or person elsewhere."""
    visit = _administrator(request)
    unit = unit_card(visit.viewer, asked(request, "unit", 80), visit.today)
    card = person_card(visit.viewer, asked(request, "person", 64), visit.today)
    visit.must(action, unit.place)
    params = {"person": card.username, **{name: asked(request, name, 20) for name in more}}
    scene = Scene(visit.viewer, unit.key, visit.moment, visit.lang, params=params)
    about = f"{unit.name_on(visit.today)} · {card.name} ({card.username})"
    return visit, scene, reverse("administration_person", args=[card.username]), about


def _shown(request: HttpRequest, visit: Visit, username: str, password: str | None) -> HttpResponse:
    if password is None:
        messages.warning(request, _("首次口令只显示一次，已经显示过了；没有另发。"))
        return HttpResponseRedirect(reverse("administration_person", args=[username]))
    security.note("password_set", user_id=visit.viewer.user_id, post_id=visit.viewer.post_id, username=username)
    context = {"tabs": tabs(visit, "administration_people"), "username": username, "password": password}
    return render(request, "administration/first_password.html", context)


def _line(row: PersonLine, visit: Visit, unit: str) -> dict[str, Any]:
    return {
        "username": row.username,
        "name": row.name,
        "is_active": row.is_active,
        "href": reverse("administration_person", args=[row.username]),
        "posts": [_post(post, visit) for post in row.posts],
        "appoint": f"{reverse('administration_appoint')}?{urlencode({'unit': unit, 'person': row.username})}" if unit else "",
    }


def _may_hand_over(post: HeldPost, visit: Visit, place: str) -> bool:
    return post.kind in OFFICE_KINDS and visit.may("post.hand_over", place)


def _post(post: HeldPost, visit: Visit) -> dict[str, Any]:
    place = post.unit.partition(".")[0]
    kept = urlencode({"unit": post.unit, "person": post.username, "post": post.kind})
    when = post.on(visit.today)
    return {
        "label": _(post.label),
        "unit": post.unit_name,
        "unit_href": reverse("administration_unit", args=[post.unit]),
        "valid_from": post.valid_from,
        "last_day": post.last_day,
        "when": when,
        "end": f"{reverse('administration_end')}?{kept}" if when != "past" and visit.may("post.end", place) else "",
        "hand_over": f"{reverse('administration_hand_over')}?{kept}" if _may_hand_over(post, visit, place) else "",
    }
