"""Routes: papers, one paper and its files, issuing; letterheads, templates, numbers."""

from django.urls import path

from dutygate.features.papers.web import keeping, orders, papers

urlpatterns = [
    path("papers/", papers.papers, name="papers"),
    path("papers/letterheads/", keeping.letterheads, name="paper_letterheads"),
    path("papers/letterheads/<str:key>/", keeping.letterhead, name="paper_letterhead"),
    path("papers/templates/", keeping.templates, name="paper_templates"),
    path("papers/templates/<str:kind>.docx", keeping.template, name="paper_template"),
    path("papers/templates/<str:kind>/", keeping.adopt, name="paper_adopt"),
    path("papers/numbers/", keeping.numbers, name="paper_numbers"),
    path("papers/orders/", orders.orders, name="orders"),
    path("papers/orders/<slug:public_id>/new/", orders.issue, name="order_issue"),
    path("papers/orders/<slug:public_id>/draft.<str:ending>", orders.draft, name="order_draft"),
    path("papers/orders/<slug:public_id>/scan/", orders.attach, name="order_scan"),
    path("papers/orders/<slug:public_id>/void/", orders.void, name="order_void"),
    path("papers/orders/<slug:public_id>/<int:nth>/", orders.order, name="order"),
    path("papers/orders/<slug:public_id>/<int:nth>/make/", orders.order_make, name="order_make"),
    path("papers/orders/<slug:public_id>/<int:nth>/file.<str:kind>", orders.order_file, name="order_file"),
    path("papers/new/<str:kind>/", papers.issue, name="paper_issue"),
    path("papers/draft/<str:kind>.<str:ending>", papers.draft, name="paper_draft"),
    path("papers/batch/<int:entry>/", papers.batch, name="paper_batch"),
    path("papers/batch/<int:entry>/now/", papers.batch_now, name="paper_batch_now"),
    path("papers/<int:number>/", papers.paper, name="paper"),
    path("papers/<int:number>/make/", papers.paper_make, name="paper_make"),
    path("papers/<int:number>/do/<str:action>/", papers.of_paper, name="paper_act"),
    path("papers/<int:number>/file.<str:kind>", papers.paper_file, name="paper_file"),
]
