"""The API /api/v1: one address for each action, reads by the same scopes as the pages, every error problem+json (RFC 9457)."""

from dutygate.config.api.actions import add_actions
from dutygate.config.api.bases import add_bases
from dutygate.config.api.board import add_board
from dutygate.config.api.cases import add_cases
from dutygate.config.api.documents import add_documents
from dutygate.config.api.duties import add_duties
from dutygate.config.api.editions import add_editions
from dutygate.config.api.files import add_files
from dutygate.config.api.law import add_law
from dutygate.config.api.meetings import add_meetings
from dutygate.config.api.register import add_register
from dutygate.config.api.reports import add_reports
from dutygate.config.api.site import new_api
from dutygate.config.api.support import add_support
from dutygate.config.api.taskcheck import add_taskcheck
from dutygate.config.api.tasks import add_tasks
from dutygate.config.api.tokens import add_tokens

api = new_api()
for add in (
    add_tokens,
    add_cases,
    add_tasks,
    add_actions,
    add_duties,
    add_bases,
    add_meetings,
    add_register,
    add_law,
    add_editions,
    add_files,
    add_support,
    add_documents,
    add_taskcheck,
    add_reports,
    add_board,
):
    add(api)

__all__ = ["api"]
