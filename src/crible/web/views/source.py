"""The original bytes: a page that warns, then a download."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from crible.review import audit
from crible.review.rights import Right
from crible.web.person import person
from crible.web.queries.bytes import original
from crible.web.queries.one import by_id
from crible.web.served import Served, of_case


@require_http_methods(["GET", "POST"])
@of_case(Right.READ)
def source(request: HttpRequest, served: Served, name: str) -> HttpResponseBase:
    """GET warns; the form it shows posts back for the bytes, so that no other page can start the download. Logged."""
    dossier = by_id(name)
    if request.method == "GET":
        return render(request, "desk/source.html", {"dossier": dossier, "page": ""})
    size, pieces = original(served.case, dossier.id)
    audit.append(person(request).name, "original", case=served.case.uuid, document=dossier.id)
    mail = dossier.kind == "mail"
    response: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
        pieces, content_type="text/plain; charset=utf-8" if mail else "application/octet-stream"
    )
    response.headers["Content-Length"] = str(size)
    # No extension that a file manager would open: what it holds came from strangers.
    ending = "eml.txt" if mail else "bin"
    response.headers["Content-Disposition"] = f'attachment; filename="{dossier.id[:16]}.{ending}"'
    return response
