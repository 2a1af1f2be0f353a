"""A way to a server that a test can close and open again: to whoever comes through it the server is
away, then back.
"""

import contextlib
import socket
import threading


class Gate:
    """Passes bytes on to `port` of this machine; closed, it refuses connections and breaks those
    that stand.
    """

    def __init__(self, port):
        self.to = port
        self.lines = []
        self.listener = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *_):
        self.close()

    def open(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.let_in, args=[self.listener], daemon=True).start()

    def close(self):
        for line in [*([self.listener] if self.listener else []), *self.lines]:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self.listener, self.lines = None, []

    def let_in(self, listener):
        with contextlib.suppress(OSError):
            while True:
                near, _address = listener.accept()
                far = socket.create_connection(("127.0.0.1", self.to))
                self.lines += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=pass_on, args=pair, daemon=True).start()


def pass_on(source, target):
    with contextlib.suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
