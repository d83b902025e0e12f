"""Addresses of the desk. Every state of a page is in its address."""

from django.urls import path, re_path

from crible.web.views import (
    boxes,
    cases,
    choices,
    document,
    entrance,
    family,
    keys,
    ledger,
    listing,
    overview,
    picture,
    search,
    shelf,
    source,
    words,
)

urlpatterns = [
    path("", cases.cases, name="cases"),
    path("login/<str:token>/", entrance.login, name="login"),
    path("language/", entrance.language, name="language"),
    path("theme/", choices.theme, name="theme"),
    path("keyboard/", choices.shortcuts, name="shortcuts"),
    path("words/", words.words, name="words-apart"),
    path("<slug:slug>/", overview.overview, name="overview"),
    path("<slug:slug>/search/", search.search, name="search"),
    path("<slug:slug>/documents/", listing.listing, name="listing"),
    re_path(r"^(?P<slug>[-\w]+)/document/(?P<name>[0-9a-f]{6,64})/$", document.document, name="document"),
    re_path(r"^(?P<slug>[-\w]+)/document/(?P<name>[0-9a-f]{64})/source/$", source.source, name="source"),
    re_path(
        r"^(?P<slug>[-\w]+)/document/(?P<name>[0-9a-f]{64})/(?P<view>[-a-z]+)/(?P<page>[0-9]{1,6})\.png$",
        picture.picture,
        name="picture",
    ),
    re_path(r"^(?P<slug>[-\w]+)/copies/(?P<name>[0-9a-f]{6,64})/$", family.family, name="family"),
    path("<slug:slug>/ledger/", ledger.ledger, name="ledger"),
    path("<slug:slug>/ledger/why/<slug:code>/", ledger.reason, name="reason"),
    path("<slug:slug>/ledger/<slug:state>/", ledger.items, name="items"),
    path("<slug:slug>/boxes/", boxes.boxes, name="boxes"),
    path("<slug:slug>/traces/", boxes.traces, name="traces"),
    path("<slug:slug>/keys/", keys.keys, name="keys"),
    path("<slug:slug>/shelf/", shelf.closed_shelf, name="shelf"),
    re_path(r"^(?P<slug>[-\w]+)/document/(?P<name>[0-9a-f]{64})/open/$", shelf.open_one, name="shelf-open"),
    re_path(r"^(?P<slug>[-\w]+)/document/(?P<name>[0-9a-f]{64})/close/$", shelf.close_one, name="shelf-close"),
    path("<slug:slug>/words/", words.of_case_words, name="words"),
]

handler400 = "crible.web.views.faults.refused"
handler403 = "crible.web.views.faults.forbidden"
handler404 = "crible.web.views.faults.absent"
handler500 = "crible.web.views.faults.broken"
