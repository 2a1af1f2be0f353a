"""Somebody else's system on this machine: real HTTP, answered by `reply`."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FarServer:
    """Up for as long as it is entered. `reply(desk, method, body)` answers a request, on its
    BaseHTTPRequestHandler.
    """

    def __enter__(self):
        far = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self):
                far.reply(self, "GET", b"")

            def do_POST(self):
                far.reply(self, "POST", self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self.server.daemon_threads = True
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"
