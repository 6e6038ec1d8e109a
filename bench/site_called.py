"""The application as a server calls it, without a server."""

import io

from django.core.handlers.wsgi import WSGIHandler
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart


class Site:
    """The application as a server calls it."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()

    def post(self, path: str, given: dict[str, str], address: str) -> tuple[str, str]:
        """Send a form as a browser does; give the status and the page."""
        body = encode_multipart(BOUNDARY, given)
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": address,
            "CONTENT_TYPE": MULTIPART_CONTENT,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
        }
        said: list[str] = []
        response = self.handler(environ, lambda status, _headers: said.append(status))
        page = b"".join(response).decode()
        response.close()
        return said[0][:3], page
