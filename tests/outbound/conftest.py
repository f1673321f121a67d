"""A desk that has mail, one ticket whose customer has an address, and a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.outbox import Letter, LetterState
from ouvidoria_tui.domain.ticket import Channel
from tests.desk.bench import Bench
from tests.desk.conftest import bench, founded

__all__ = ["bench", "founded"]


@dataclass
class Post:
    """The desk's own side: tickets, letters, and how they stand."""

    bench: Bench

    @property
    def desk(self) -> Desk:
        return self.bench.desk

    def by_server(self, port: int, **more: object) -> None:
        """Mail leaves by a server on this machine."""
        wanted: dict[str, object] = {
            "from_address": "ouvidoria@example.com",
            "road": "smtp",
            "host": "127.0.0.1",
            "port": port,
            "security": "none",
        }
        change_mail(self.desk, wanted | more)

    def new(self, email: str | None = "maria@example.com", **more: object) -> str:
        who = Customer(0, "Maria Conceição", email=email)
        what = Manifestation("Cobrança em dobro", "Relato", channel=Channel.EMAIL, customer=who)
        return receive(self.desk, what).protocol

    @property
    def letters(self) -> list[Letter]:
        """Every letter, oldest first."""
        return [letter for letter, _protocol in self.desk.store.outbox.letters(list(LetterState), None)][::-1]

    @property
    def states(self) -> list[str]:
        return [letter.state.value for letter in self.letters]


@pytest.fixture
def post(bench: Bench) -> Post:
    post = Post(bench)
    post.by_server(25)
    return post
