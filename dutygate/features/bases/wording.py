"""法定依据 in words: its kind, one line for a text, and whether it holds on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop

KINDS: Final = {
    "law": gettext_noop("法律"),
    "administrative_regulation": gettext_noop("行政法规"),
    "local_regulation": gettext_noop("地方性法规"),
    "rule": gettext_noop("规章"),
    "policy": gettext_noop("政策文件"),
    "sanding": gettext_noop("“三定”规定"),
}


def kind_choices() -> list[tuple[str, str]]:
    """The kinds to choose from, as the law ranks them."""
    return [(kind, gettext(label)) for kind, label in KINDS.items()]


def citation(basis: Any) -> str:
    """《森林防火条例》（国务院令第541号）第五条: as one writes it in a text, in Chinese as the text itself."""
    title = basis.title if basis.title.startswith("《") else f"《{basis.title}》"
    number = f"（{basis.document_number}）" if basis.document_number else ""
    return f"{title}{number}{basis.article}"


def citations(bases: Sequence[Any]) -> str:
    """Several in one sentence; "" for none."""
    return f"{'；'.join(citation(basis) for basis in bases)}。" if bases else ""


def change_cited(change: Any) -> str:
    """《森林防火条例》第五条自2026-07-01起废止: what changed, in one line; Chinese, as it stands in the register and in papers."""
    title = change.basis.title if change.basis.title.startswith("《") else f"《{change.basis.title}》"
    what = {"amend": "修改", "repeal": "废止"}[change.kind]
    return f"{title}{change.article}自{change.on.isoformat()}起{what}"


def change_said(change: Any) -> str:
    """The same with the document that says so, what takes its place, old and new articles, and the note: the ground of an adjustment."""
    number = f"（{change.document_number}）" if change.document_number else ""
    said = [f"{change_cited(change)}，见《{change.document.strip('《》')}》{number}。"]
    if change.successor is not None:
        said.append(f"替代的依据：{citation(change.successor)}。")
    if change.replacements:
        said.append("条文对照：" + "；".join(f"{before}改为{after}" for before, after in change.replacements) + "。")
    return "\n".join([*said, *filter(None, [change.note])])


def basis_line(basis: Any, on: date) -> dict[str, Any]:
    """A basis as pages show it: {id, title, cited, kind, issuer, document_number, article, from, to, repealed, confirmed, holds}.

    ``to`` is the first day on which it no longer holds, ``repealed`` whether a repeal ends it; ``holds``: "now", "not_yet" or "no_longer"
    on that day.
    """
    start, end = basis.in_force_from, basis.ends_on
    return {
        "id": str(basis.id),
        "title": basis.title,
        "cited": citation(basis),
        "kind": gettext(KINDS[basis.kind]) if basis.kind in KINDS else basis.kind,
        "issuer": basis.issuer,
        "document_number": basis.document_number,
        "article": basis.article,
        "from": start,
        "to": end,
        "repealed": end is not None and end == basis.repealed_on,
        "confirmed": basis.confirmed,
        "holds": "not_yet" if start and on < start else "no_longer" if end and end <= on else "now",
    }


def given_of(basis: Any) -> dict[str, Any]:
    """A basis as one gives it to an action (``BasisGiven``)."""
    names = ("title", "kind", "issuer", "document_number", "article", "in_force_from", "in_force_to")
    return {name: getattr(basis, name) for name in names}
