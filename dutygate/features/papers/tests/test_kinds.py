"""第四条（一）至（五）: each kind of paper is drawn up from a real case, by whoever issues it, and set as Word and PDF by GB/T 9704."""

from __future__ import annotations

import pytest

from dutygate.features.papers.making import make
from dutygate.features.papers.models import Paper
from dutygate.features.papers.tests.stage import issue, letterhead
from tests.journey import Journey
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_try(world: World, tmp_path) -> None:
    letterhead(world, "forestry", "lead", "legal", "government", world.townships[0])
    journey = Journey(world).up_to("consulting")
    n = journey.number
    found = issue(world, "forestry", "consultation_letter", n)
    journey.reply()
    found += issue(world, world.townships[0], "reply_letter", n)
    journey.conclude()
    found += issue(world, "forestry", "negotiated_opinion", n)
    found += issue(world, "forestry", "application_letter", n)
    journey.submit()
    journey.go_on("concluded")
    for role, kind in (("lead", "department_letter"), ("legal", "legal_opinion"), ("lead", "review_opinion"), ("lead", "request_banner")):
        found += issue(world, role, kind, n)
    journey.go_on("banner_decision")
    journey.decide_banner()
    found += issue(world, "government", "request_city", n)
    journey.to_city()
    journey.go_on("approved")
    found += issue(world, "lead", "admission_notice", n)
    from pathlib import Path
    from dutygate.base.documents.storage import open_kept
    for paper in found:
        assert make(paper.id)
        row = Paper.objects.get(pk=paper.id)
        for name in ("docx", "pdf"):
            Path(f"/root/w/paper/.home/out/{row.kind}-{row.ordinal}.{name}").write_bytes(open_kept(getattr(row, name)).data)
    print([(p.kind, p.number) for p in found])
