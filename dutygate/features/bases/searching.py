"""查找法定依据: a basis is found by its title, article, number and issuer, as written and as ``recognition`` sees them."""

from __future__ import annotations

from collections.abc import Iterator

from dutygate.base.search.index import put, search_source
from dutygate.base.search.text import Text
from dutygate.features.bases.models import LegalBasis


def be_found(*bases: LegalBasis) -> None:
    """By what they read now."""
    put("basis", (_text(basis) for basis in bases))


@search_source("basis")
def every_basis() -> Iterator[Text]:
    """All bases."""
    return (_text(basis) for basis in LegalBasis.objects.order_by("id").iterator(chunk_size=500))


def _text(basis: LegalBasis) -> Text:
    marks = (basis.article, basis.document_number, basis.issuer, basis.key, basis.number_key, basis.article_key)
    return Text(basis.id, basis.title, " ".join(marks))
