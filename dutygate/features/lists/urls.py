"""Routes: all lists, one township's, its differences and exports, what a department has handed over, one duty; keeping the lists."""

from django.urls import path

from dutygate.features.lists.web import compare, expiry, exports, imports, keeping, lists, search

urlpatterns = [
    path("lists/", lists.lists, name="lists"),
    path("lists/all/", lists.all_lists, name="lists_all"),
    path("lists/imports/", imports.imports, name="list_imports"),
    path("lists/imports/<int:number>/", imports.one_import, name="list_import"),
    path("lists/imports/<int:number>/now/", imports.now, name="list_import_now"),
    path("lists/imports/<int:number>/report.<str:kind>", imports.import_report, name="list_import_report"),
    path("lists/by-law/", keeping.by_law, name="list_by_law"),
    path("lists/publish/", keeping.publish, name="list_publish"),
    path("lists/published/", keeping.publications, name="publications"),
    path("lists/published/<int:number>/", keeping.publication, name="publication"),
    path("lists/published/<str:digest>/", keeping.published_list, name="published_list"),
    path("lists/filing.<str:kind>", exports.filing, name="list_filing"),
    path("lists/search/", search.list_search, name="list_search"),
    path("lists/department/<str:key>/", lists.department_list, name="list_department"),
    path("lists/<str:key>/", lists.township_list, name="list_township"),
    path("lists/<str:key>/differences/", compare.compare, name="list_compare"),
    path("lists/<str:key>/export.<str:kind>", exports.list_export, name="list_export"),
    path("duties/<str:code>/", lists.duty, name="duty"),
    path("duties/<str:code>/do/<str:action>/", expiry.act, name="duty_act"),
    path("duties/<str:code>/correct/", keeping.correct, name="duty_correct"),
]
