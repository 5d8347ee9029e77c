"""统一部署 are found by title and number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dutygate.base.search.index import put, search_source
from dutygate.base.search.text import Text
from dutygate.features.taskcheck.models import Deployment

KIND: Final = "deployment"


def be_found(deployments: Iterable[Deployment]) -> None:
    """By their text, from now on."""
    put(KIND, (text_of(deployment) for deployment in deployments))


@search_source(KIND)
def every_deployment() -> Iterator[Text]:
    """All of them, withdrawn ones too: a query leaves these out."""
    return (text_of(row) for row in Deployment.objects.order_by("id").iterator(chunk_size=500))


def text_of(deployment: Deployment) -> Text:
    """As the index takes it."""
    return Text(deployment.id, deployment.title, deployment.document_number)
