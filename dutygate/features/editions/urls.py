"""Routes: the provisions and what belongs to them, the diagram and its files, the terms, the help."""

from django.urls import path

from dutygate.features.editions import web

urlpatterns = [
    path("law/", web.law, name="law"),
    path("law/coverage/", web.coverage_table, name="law_coverage"),
    path("law/parameters/", web.parameters, name="law_parameters"),
    path("law/diagram/", web.diagram, name="law_diagram"),
    path("law/diagram.svg", web.diagram_svg, name="law_diagram_svg"),
    path("law/diagram.bpmn", web.diagram_bpmn, name="law_diagram_bpmn"),
    path("law/glossary/", web.glossary, name="law_glossary"),
    path("law/<str:provision>/", web.provision, name="law_provision"),
    path("help/", web.help_index, name="help"),
    path("help/<str:topic>/", web.help_topic, name="help_topic"),
]
