"""A web server on this machine that serves a folder, with the faults of real ones on demand."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Shelf(ThreadingHTTPServer):
    """`cut` ends the next answer after so many bytes; `answers` are (status, headers, body) given
    before any file.
    """

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder, self.asked, self.cut, self.answers = folder, [], None, []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def close(self):
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        if self.server.answers:
            return self.answer(*self.server.answers.pop(0))
        path = self.server.folder / self.path.lstrip("/")
        if not path.is_file():
            return self.answer(404, {}, b"no")
        content = path.read_bytes()
        facts = {
            "ETag": f'"{hashlib.md5(content).hexdigest()}"',
            "Last-Modified": "Wed, 05 Aug 2026 06:00:00 GMT",
        }
        if self.headers["If-None-Match"] == facts["ETag"]:
            return self.answer(304, facts, b"")
        start = (
            int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            if self.headers["Range"]
            else 0
        )
        if start and self.headers["If-Range"] == facts["ETag"]:
            facts["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            return self.answer(206, facts, content[start:])
        return self.answer(200, facts, content)

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut, self.server.cut = self.server.cut, None
        self.wfile.write(body if cut is None else body[:cut])
        self.close_connection = True

    def log_message(self, *args):
        """Silent."""
