"""An IMAP server of a few lines, that can break the line in the middle of a message."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class FakeImap(socketserver.ThreadingTCPServer):
    """Serves ``messages`` as UIDs 1, 2, 3…; the line drops after ``drops[n]`` bytes of the n-th body asked for."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, messages: Sequence[bytes], drops: Sequence[int], validities: Sequence[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.messages = list(messages)
        self.drops = list(drops)
        self.validities = list(validities)
        self.seen: list[str] = []
        self.refuses = ""
        self.connections = 0

    @property
    def port(self) -> int:
        """Where it listens, on loopback."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: FakeImap

    def handle(self) -> None:
        self.server.connections += 1
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _space, command = line.decode().rstrip("\r\n").partition(" ")
            if not self._answer(tag, command):
                return

    def _answer(self, tag: str, command: str) -> bool:
        server = self.server
        if command == server.refuses:
            return self._say(f"{tag} NO not today")
        if command == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif command.startswith("SELECT"):
            turn = min(server.connections, len(server.validities)) - 1
            self._say(f"* {len(server.messages)} EXISTS\r\n* OK [UIDVALIDITY {server.validities[turn]}] ok")
        elif command == "UID SEARCH UID *":
            self._say(f"* SEARCH {len(server.messages)}")
        elif command.startswith("UID SEARCH"):
            self._say("* SEARCH " + " ".join(str(one + 1) for one in range(len(server.messages))))
        elif command.startswith("UID STORE"):
            server.seen.append(command)
        elif command.startswith("UID FETCH"):
            return self._fetch(command) and self._say(f"{tag} OK done")
        return self._say(f"{tag} OK done") and command != "LOGOUT"

    def _fetch(self, command: str) -> bool:
        found = re.match(r"UID FETCH ([\d,]+) (.*)", command)
        assert found is not None
        for uid in map(int, found[1].split(",")):
            raw = self.server.messages[uid - 1]
            if "BODY" not in found[2]:
                self._say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(raw)})")
                continue
            date = 'INTERNALDATE " 1-Feb-2024 10:00:00 -0300"'
            self.wfile.write(f"* {uid} FETCH (UID {uid} {date} BODY[] {{{len(raw)}}}\r\n".encode())
            if self.server.drops and (drop := self.server.drops.pop(0)) >= 0:
                self.wfile.write(raw[:drop])
                return False
            self.wfile.write(raw)
            self._say(")")
        return True

    def _say(self, words: str) -> bool:
        self.wfile.write(words.encode() + b"\r\n")
        self.wfile.flush()
        return True


@contextmanager
def fake(
    messages: Sequence[bytes],
    *,
    drops: Sequence[int] = (),
    validities: Sequence[int] = (7,),
    refuses: str = "",
) -> Iterator[FakeImap]:
    """A server that runs until the end of the ``with``; a drop of -1 serves that body whole."""
    with FakeImap(messages, drops, validities) as server:
        server.refuses = refuses
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
