"""Addresses of the desk. Every state of a page is in its address."""

from django.urls import path, re_path

from crible.web.api.routes import api
from crible.web.views import (
    account,
    boxes,
    cases,
    compare,
    choices,
    document,
    evidence,
    entrance,
    family,
    invited,
    keys,
    ledger,
    listing,
    overview,
    people,
    picture,
    search,
    shelf,
    source,
    thread,
    tokens,
    team,
    words,
)

urlpatterns = [
    path("api/1/", api.urls),
    path("", cases.cases, name="cases"),
    path("login/", entrance.password, name="enter"),
    path("login/<str:token>/", entrance.login, name="login"),
    path("logout/", entrance.leave, name="logout"),
    path("language/", entrance.language, name="language"),
    path("invitation/<str:token>/", invited.invitation, name="invitation"),
    path("reset/<str:token>/", invited.reset, name="reset"),
    path("account/", account.account, name="account"),
    path("account/name/", account.name, name="account-name"),
    path("account/password/", account.password, name="account-password"),
    path("account/sessions/others/end/", account.end_others, name="sessions-end"),
    path("account/sessions/<int:number>/end/", account.end_session, name="session-end"),
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
    re_path(r"^(?P<slug>[-\w]+)/document/(?P<name>[0-9a-f]{64})/evidence/$", evidence.evidence, name="evidence"),
    re_path(
        r"^(?P<slug>[-\w]+)/compare/(?P<name>[0-9a-f]{64})/(?P<other>[0-9a-f]{64})/$", compare.compare, name="compare"
    ),
    re_path(r"^(?P<slug>[-\w]+)/thread/(?P<name>[0-9a-f]{64})/$", thread.thread, name="thread"),
    re_path(r"^(?P<slug>[-\w]+)/copies/(?P<name>[0-9a-f]{6,64})/$", family.family, name="family"),
    path("<slug:slug>/team/", team.team, name="team"),
    path("<slug:slug>/team/invite/", team.invite, name="invite"),
    path("<slug:slug>/team/invitation/<int:number>/withdraw/", team.withdraw, name="withdraw"),
    path("<slug:slug>/team/<int:number>/role/", team.role, name="member-role"),
    path("<slug:slug>/team/<int:number>/remove/", team.remove, name="member-remove"),
    path("<slug:slug>/team/<int:number>/reset/", team.reset, name="member-reset"),
    path("<slug:slug>/team/<int:number>/sessions/end/", team.end_sessions, name="member-sessions"),
    path("<slug:slug>/team/<int:number>/account/", team.account, name="member-account"),
    path("<slug:slug>/ledger/", ledger.ledger, name="ledger"),
    path("<slug:slug>/ledger/why/<slug:code>/", ledger.reason, name="reason"),
    path("<slug:slug>/ledger/<slug:state>/", ledger.items, name="items"),
    path("<slug:slug>/boxes/", boxes.boxes, name="boxes"),
    path("<slug:slug>/traces/", boxes.traces, name="traces"),
    path("<slug:slug>/people/", people.people, name="people"),
    path("<slug:slug>/people/graph/", people.graph, name="graph"),
    path("<slug:slug>/people/graph/data/", people.graph_data, name="graph-data"),
    path("<slug:slug>/people/<path:address>/", people.person, name="person"),
    path("<slug:slug>/keys/", keys.keys, name="keys"),
    path("<slug:slug>/shelf/", shelf.closed_shelf, name="shelf"),
    re_path(r"^(?P<slug>[-\w]+)/document/(?P<name>[0-9a-f]{64})/open/$", shelf.open_one, name="shelf-open"),
    re_path(r"^(?P<slug>[-\w]+)/document/(?P<name>[0-9a-f]{64})/close/$", shelf.close_one, name="shelf-close"),
    path("<slug:slug>/tokens/", tokens.tokens, name="tokens"),
    path("<slug:slug>/tokens/<int:number>/revoke/", tokens.revoke, name="token-revoke"),
    path("<slug:slug>/words/", words.of_case_words, name="words"),
]

handler400 = "crible.web.views.faults.refused"
handler403 = "crible.web.views.faults.forbidden"
handler404 = "crible.web.views.faults.absent"
handler500 = "crible.web.views.faults.broken"
