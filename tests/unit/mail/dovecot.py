"""A real IMAP server for the tests: Dovecot on loopback, with a configuration and a certificate of its own."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

PASSWORD = "segredo com acento ção"
_USERS = 40

_CONFIG = """
base_dir = {run}
state_dir = {run}
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
default_login_user = {login_user}
default_internal_user = {internal_user}
default_internal_group = {internal_group}
{no_chroot}
first_valid_uid = 1
first_valid_gid = 0
mail_location = maildir:{root}/mail/%u:LAYOUT=fs
mail_uid = {uid}
mail_gid = {gid}
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {root}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  {login_extra}
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server: its ports, the certificate to trust, and a user with the Maildir behind his INBOX."""

    plain: int
    tls: int
    certificate: Path
    root: Path
    user: str = "mesa0"

    @property
    def maildir(self) -> Path:
        """Where the mail of the user is."""
        return self.root / "mail" / self.user

    def for_user(self, number: int) -> Dovecot:
        """The same server for another user, whose mailbox is empty."""
        return replace(self, user=f"mesa{number % _USERS}")

    def deliver(self, raw: bytes, at: int = 1_700_000_000) -> None:
        """Puts a message into INBOX as a server would, received at ``at``."""
        number = sum(
            len(list((self.maildir / name).iterdir()))
            for name in ("new", "cur")
            if (self.maildir / name).is_dir()
        )
        for name in ("new", "cur", "tmp"):
            (self.maildir / name).mkdir(parents=True, exist_ok=True)
        path = self.maildir / "new" / f"{1_600_000_000 + number}.M{number}P1.test"
        path.write_bytes(raw)
        os.utime(path, (at, at))
        if os.geteuid() == 0:
            for one in (self.maildir, *self.maildir.iterdir(), path):
                shutil.chown(one, "dovecot", "dovecot")


def installed() -> bool:
    """Whether there is what it takes."""
    return bool(shutil.which("dovecot") and shutil.which("openssl"))


@contextmanager
def running() -> Iterator[Dovecot]:
    """A server until the end of the ``with``; its folder is short, for socket names have a limit."""
    root = Path(tempfile.mkdtemp(prefix="dvc", dir="/tmp"))
    try:
        server = _prepare(root)
        with (root / "err").open("wb") as errors:
            process = subprocess.Popen(
                ["dovecot", "-F", "-c", str(root / "conf")], stdout=errors, stderr=errors
            )
        try:
            _wait(server, process, root)
            yield server
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()
    finally:
        shutil.rmtree(root, ignore_errors=True)


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """A certificate of our own making for ``name`` and 127.0.0.1, and its key."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                f"/CN={name}",
            ),
            *("-addext", f"subjectAltName=DNS:{name},IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    return cert, key


def _prepare(root: Path) -> Dovecot:
    as_root = os.geteuid() == 0
    me = _name_of(os.geteuid())
    cert, key = certificate(root)
    (root / "run").mkdir()
    (root / "home").mkdir()
    (root / "mail").mkdir()
    users = "".join(f"mesa{number}:{{PLAIN}}{PASSWORD}\n" for number in range(_USERS))
    (root / "users").write_text(users, encoding="utf-8")
    plain, tls = _free_port(), _free_port()
    config = _CONFIG.format(
        root=root,
        run=root / "run",
        cert=cert,
        key=key,
        plain=plain,
        tls=tls,
        login_user="dovenull" if as_root else me,
        internal_user="dovecot" if as_root else me,
        internal_group="dovecot" if as_root else _group_of(os.getegid()),
        uid="dovecot" if as_root else me,
        gid="dovecot" if as_root else _group_of(os.getegid()),
        login_extra="chroot =",
        no_chroot="" if as_root else "service anvil {\n  chroot =\n}",
    )
    (root / "conf").write_text(config, encoding="utf-8")
    if as_root:
        root.chmod(0o755)
        for name in ("home", "mail"):
            shutil.chown(root / name, "dovecot", "dovecot")
        (root / "users").chmod(0o644)
    return Dovecot(plain, tls, cert, root)


def _wait(server: Dovecot, process: subprocess.Popen[bytes], root: Path) -> None:
    context = ssl.create_default_context(cafile=str(server.certificate))
    for _turn in range(200):
        if process.poll() is not None:
            break
        with (
            suppress(OSError),
            socket.create_connection(("127.0.0.1", server.tls), 1) as plain,
            context.wrap_socket(plain, server_hostname="localhost"),
        ):
            return
        time.sleep(0.05)  # a server of another make: nothing tells when it is ready
    said = "\n".join(
        one.read_text("utf-8", "replace") for one in (root / "err", root / "log") if one.exists()
    )
    raise RuntimeError(f"dovecot did not start:\n{said}")


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _name_of(uid: int) -> str:
    return pwd.getpwuid(uid).pw_name


def _group_of(gid: int) -> str:
    return grp.getgrgid(gid).gr_name
