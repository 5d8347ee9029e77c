"""A small SMTP server for tests, on a free port of this machine: it keeps what it accepted, and can be made to misbehave."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default


@dataclass
class Mailbox:
    """``accepted``: (address, message) of each mail that was answered with 250. ``mood``: "" takes everything; "busy" 451 to every
    addressee; "strict" 550; "deaf" takes the whole text and breaks the line before it answers.
    """

    port: int
    mood: str = ""
    accepted: list[tuple[str, Message]] = field(default_factory=list)
    tries: int = 0


class _Talk(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self.say("220 test")
        to = ""
        while line := self.rfile.readline():
            word = line.decode().strip()
            upper = word.upper()
            if upper.startswith("RCPT"):
                self.box.tries += 1
                to = word.partition("<")[2].rstrip(">")
                self.say({"busy": "451 later", "strict": "550 nobody"}.get(self.box.mood, "250 ok"))
            elif upper == "DATA":
                self.say("354 go on")
                text = self.text()
                if self.box.mood == "deaf":
                    self.box.accepted.append((to, message_from_bytes(text, policy=default)))
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.box.accepted.append((to, message_from_bytes(text, policy=default)))
                self.say("250 kept")
            elif upper == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def text(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def mail_server(box: Mailbox) -> Iterator[Mailbox]:
    """The server, as long as the context lasts; before and after it nobody listens on its port."""
    talk = type("Talk", (_Talk,), {"box": box})
    server = _Server(("127.0.0.1", box.port), talk)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
