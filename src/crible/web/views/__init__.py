"""One module per page: each takes a request, asks `crible.web.queries`, renders one template."""
