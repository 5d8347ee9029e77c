"""Routes: the public site under /gk/, what search engines ask for, and where the lead keeps how offices are reached."""

from django.urls import path

from dutygate.features.publicity.web import contacts, data, pages

urlpatterns = [
    path("robots.txt", data.robots, name="robots"),
    path("gk/", pages.start, name="gk"),
    path("gk/sitemap.xml", data.site_map, name="gk_map"),
    path("gk/<str:place>/", pages.place, name="gk_place"),
    path("gk/<str:place>/search/", pages.search, name="gk_search"),
    path("gk/<str:place>/changes/", pages.changes, name="gk_changes"),
    path("gk/<str:place>/lists/<slug:township>/", pages.one_list, name="gk_list"),
    path("gk/<str:place>/duties/<str:code>/", pages.duty, name="gk_duty"),
    path("gk/<str:place>/publications/", pages.publications, name="gk_publications"),
    path("gk/<str:place>/publications/<int:number>/", pages.publication, name="gk_publication"),
    path("gk/<str:place>/publications/<int:number>/<slug:township>/", pages.version, name="gk_version"),
    path("gk/<str:place>/publications/<int:number>/<slug:township>.json", data.content, name="gk_content"),
    path("gk/<str:place>/heads/", pages.heads, name="gk_heads"),
    path("gk/<str:place>/heads.json", data.heads_file, name="gk_heads_file"),
    path("gk/<str:place>/data/", data.data, name="gk_data"),
    path("gk/<str:place>/data/schema.json", data.schema_file, name="gk_schema"),
    path("gk/<str:place>/data/lists.<slug:kind>", data.lists_file, name="gk_lists_file"),
    path("gk/<str:place>/data/townships/<slug:township>.<slug:kind>", data.township_file, name="gk_township_file"),
    path("gk/<str:place>/feed.atom", data.feed, name="gk_feed"),
    path("gk/<str:place>/sitemap-<int:part>.xml", data.map_part, name="gk_map_part"),
    path("publicity/contacts/", contacts.contacts, name="public_contacts"),
    path("publicity/contacts/<str:key>/", contacts.contact, name="public_contact"),
]
