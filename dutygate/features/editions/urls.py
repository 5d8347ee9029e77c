"""Routes: the provisions and what belongs to them, the diagram and its files, the terms, the help."""

from django.urls import path

from dutygate.features.editions import web
from dutygate.features.editions.web import asking, drafts, editions

urlpatterns = [
    path("law/", web.law, name="law"),
    path("law/coverage/", web.coverage_table, name="law_coverage"),
    path("law/parameters/", web.parameters, name="law_parameters"),
    path("law/diagram/", web.diagram, name="law_diagram"),
    path("law/diagram.svg", web.diagram_svg, name="law_diagram_svg"),
    path("law/diagram.bpmn", web.diagram_bpmn, name="law_diagram_bpmn"),
    path("law/glossary/", web.glossary, name="law_glossary"),
    path("law/editions/", editions.editions, name="editions"),
    path("law/editions/difference/", editions.difference, name="edition_difference"),
    path("law/editions/<str:key>/", editions.edition, name="edition"),
    path("law/editions/<str:key>/file/", editions.edition_file, name="edition_file"),
    path("law/drafts/new/", drafts.new_draft, name="edition_draft_new"),
    path("law/drafts/<int:draft>/", drafts.draft, name="edition_draft"),
    path("law/drafts/<int:draft>/check/", drafts.check, name="edition_draft_check"),
    path("law/drafts/<int:draft>/publish/", drafts.publish, name="edition_publish"),
    path("law/drafts/<int:draft>/<slug:part>/", drafts.part, name="edition_draft_part"),
    path("law/questions/", asking.questions, name="law_questions"),
    path("law/questions/<int:question>/", asking.question, name="law_question"),
    path("law/<str:provision>/", web.provision, name="law_provision"),
    path("law/<str:provision>/ask/", asking.ask, name="law_ask"),
    path("law/<str:provision>/interpret/", asking.interpret, name="law_interpret"),
    path("law/<str:provision>/override/", asking.override, name="law_override"),
    path("help/", web.help_index, name="help"),
    path("help/<str:topic>/", web.help_topic, name="help_topic"),
]
