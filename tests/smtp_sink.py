"""A real SMTP server in a thread: keeps every message byte for byte, and misbehaves on request.

with Sink() as sink:
    sink.answer("RCPT", "550 5.1.1 no such mailbox")   # refuse at MAIL, RCPT, DATA or END (after
    the message) sink.answer("END", DROP, times=1)                  # take the message and hang up
    without a word sink.wait("END", 2.0)                              # be slow there sink.down();
    sink.up()                             # the port refuses; the same port serves again
"""

import base64
import contextlib
import socket
import socketserver
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

DROP = "drop"


@dataclass(frozen=True)
class Caught:
    sender: str
    recipient: str
    content: bytes

    @property
    def message_id(self):
        for line in self.content.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
            if line.lower().startswith(b"message-id:"):
                return line.partition(b":")[2].strip().decode()
        return ""


@pytest.fixture
def smtp_sink(settings):
    """Somebody listens where CATCHER_URL points: rehearsals of this process and of a real worker
    arrive here.
    """
    with Sink(port=urlsplit(settings.CATCHER_URL).port) as sink:
        yield sink


class Sink:
    def __init__(
        self,
        host="127.0.0.1",
        port=0,
        *,
        certificate=None,
        tls_from_the_start=False,
        pipelining=True,
    ):
        """With a certificate (an ssl.SSLContext) it speaks TLS from the start or after STARTTLS,
        and takes logins then.

        It takes several commands in one breath (RFC 2920) unless it is told not to offer that.
        """
        self.certificate, self.tls_from_the_start, self.pipelining = (
            certificate,
            tls_from_the_start,
            pipelining,
        )
        self.wants_everything = False  # asks for the message though nobody is to get it
        self.logins = []
        self.caught = []
        self.connections = 0
        self.talking = 0
        self.answers = {}
        self.waits = {}
        self.lock = threading.Lock()
        with socket.create_server((host, port)) as free:
            self.host, self.port = free.getsockname()
        self.server = None

    @property
    def url(self):
        return f"smtp://{self.host}:{self.port}"

    def __enter__(self):
        self.up()
        return self

    def __exit__(self, *_):
        self.down()

    def up(self):
        self.server = Server((self.host, self.port), Conversation, sink=self)
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def down(self):
        if self.server:
            self.server.hang_up()
            self.server = None

    def answer(self, moment, reply, *, times=None, recipient=None):
        self.answers[moment] = [reply, times, recipient]

    def wait(self, moment, seconds):
        self.waits[moment] = seconds

    def behave(self):
        self.answers.clear()
        self.waits.clear()

    def reply(self, moment, usual, *, recipient=None):
        time.sleep(self.waits.get(moment, 0))
        with self.lock:
            planned = self.answers.get(moment)
            if not planned or planned[1] == 0 or (planned[2] and planned[2] != recipient):
                return usual
            if planned[1] is not None:
                planned[1] -= 1
            return planned[0]

    def keep(self, caught):
        with self.lock:
            self.caught.append(caught)

    def was_left(self, *, within_s=2.0):
        """Whether every client has hung up, or does so now."""
        stop_at = time.monotonic() + within_s
        while self.talking and time.monotonic() < stop_at:
            time.sleep(0.01)
        return not self.talking

    def copies(self):
        """How often each Message-ID came in."""
        with self.lock:
            return Counter(caught.message_id for caught in self.caught)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50

    def __init__(self, address, handler, *, sink):
        self.sink = sink
        self.open = set()
        super().__init__(address, handler)

    def get_request(self):
        connection, address = super().get_request()
        return (self.secured(connection) if self.sink.tls_from_the_start else connection), address

    def secured(self, connection):
        return self.sink.certificate.wrap_socket(connection, server_side=True)

    def hang_up(self):
        self.shutdown()
        self.server_close()
        for connection in list(self.open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request, client_address):
        """A client that goes away is what the tests are about."""


class Conversation(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.server.open.add(self.request)
        self.server.sink.connections += 1
        self.server.sink.talking += 1

    def finish(self):
        self.server.open.discard(self.request)
        self.server.sink.talking -= 1
        with contextlib.suppress(OSError):
            super().finish()

    def handle(self):
        self.sender = self.recipient = None
        if not self.say("CONNECT", "220 sink ready"):
            return
        while line := self.rfile.readline():
            verb = line[:4].strip().upper().decode("latin-1")
            if verb == "QUIT":
                self.say("QUIT", "221 bye")
                return
            if not self.obey(verb, line.decode("latin-1")):
                return

    def obey(self, verb, line):
        if verb in ("EHLO", "HELO"):
            return self.say("EHLO", f"250-sink\r\n{self.offers()}250-8BITMIME\r\n250 SIZE 10000000")
        if verb == "STAR" and self.server.sink.certificate:
            self.say("STARTTLS", "220 go ahead")
            self.request = self.server.secured(self.request)
            super().setup()
            return True
        if verb == "AUTH":
            self.server.sink.logins.append(
                base64.b64decode(line.split()[2]).decode().split("\0")[1:]
            )
            return self.say("AUTH", "235 2.7.0 welcome")
        if verb == "MAIL":
            self.sender, self.recipient = bracketed(line), None
            return self.say("MAIL", "250 2.1.0 sender ok") and (
                self.was_welcome() or self.forget("sender")
            )
        if verb == "RCPT":
            if self.sender is None:
                return self.write("503 5.5.1 no sender")
            self.recipient = bracketed(line)
            return self.say("RCPT", "250 2.1.5 recipient ok") and (
                self.was_welcome() or self.forget("recipient")
            )
        if verb == "DATA":
            return self.take()
        return self.say(verb, "250 2.0.0 ok" if verb in ("RSET", "NOOP") else "502 5.5.2 unknown")

    def offers(self):
        ahead = "250-PIPELINING\r\n" if self.server.sink.pipelining else ""
        if not self.server.sink.certificate:
            return ahead
        return (
            ahead + "250-AUTH PLAIN\r\n"
            if isinstance(self.request, ssl.SSLSocket)
            else ahead + "250-STARTTLS\r\n"
        )

    def take(self):
        if (
            self.sender is None or self.recipient is None
        ) and not self.server.sink.wants_everything:
            return self.write("503 5.5.1 no recipient")
        if not self.say("DATA", "354 go ahead"):
            return False
        if not self.last.startswith("354"):
            return True
        content = bytearray()
        for line in self.rfile:
            if line == b".\r\n":
                break
            content += line[1:] if line.startswith(b".") else line
        else:
            return False
        # Decided before keeping: a message that was refused is not one that arrived, one that was
        # dropped on the floor has.
        reply = self.server.sink.reply(
            "END", f"250 2.0.0 queued as {len(self.server.sink.caught)}", recipient=self.recipient
        )
        if reply == DROP or reply.startswith("2"):
            self.server.sink.keep(Caught(self.sender, self.recipient, bytes(content)))
        return self.write(reply)

    def was_welcome(self):
        return self.last.startswith("2")

    def forget(self, what):
        setattr(self, what, None)
        return True

    def say(self, moment, usual):
        return self.write(self.server.sink.reply(moment, usual, recipient=self.recipient))

    def write(self, reply):
        self.last = reply
        if reply == DROP:
            return False
        self.wfile.write(reply.encode() + b"\r\n")
        return True


def bracketed(line):
    return line.partition("<")[2].partition(">")[0]


if __name__ == "__main__":
    # For benchmarks: a process of its own, so that its work is not counted as ours. Ends when its
    # input does. A line in, a line out: how many there are and how many of them distinct, or after
    # "copies" how often each came.
    import json
    import sys

    with Sink() as alone:
        print(alone.url, flush=True)
        for question in sys.stdin:
            print(
                json.dumps(
                    alone.copies()
                    if question == "copies\n"
                    else [len(alone.caught), len(alone.copies())]
                ),
                flush=True,
            )
