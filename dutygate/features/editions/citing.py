"""引用: how a provision is cited where the reader acts: by the edition in force there, with what gives way and what was interpreted."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import edition_now
from dutygate.base.actions.saying import adds_to_what_is_said
from dutygate.base.register.law_here import Overridden, law_of_this_place
from dutygate.base.ui.citing import Cited, cites_by
from dutygate.base.ui.templatetags.dutygate import day
from dutygate.law.rules import Finding


@cites_by
def cite(provision: str, lang: str) -> Cited | None:
    """A provision of the edition in force, or None."""
    edition = edition_now()
    known = edition.provisions.get(provision)
    if known is None:
        return None
    law = law_of_this_place()
    gives_way = law.gives_way(edition.id, provision, local_day(clock.now()))
    return Cited(
        known.id,
        known.label.in_language(lang),
        known.summary.in_language(lang),
        in_words(gives_way),
        law.interpreted.get((edition.id, provision), 0),
    )


def in_words(gives_way: Iterable[Overridden]) -> str:
    """From which day on which higher rule takes its place; "" where none does."""
    each = [_("自%(since)s起，以%(source)s的规定为准（第九条）。") % {"since": day(one.since), "source": one.source} for one in gives_way]
    return " ".join(each)


@adds_to_what_is_said
def on_refusals(finding: Finding, lang: str) -> str:
    """What a refusal says besides, where the provision that it rests on gives way to a higher rule (Article 9)."""
    found = cite(finding.provision, lang)
    return found.gives_way if found is not None else ""
