"""Where a store lies: the file system, the room on it, the rights, and who has the file open."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ouvidoria_tui.domain.checkup import Check, Health
from ouvidoria_tui.text import N_

#: File systems of other machines: SQLite's write-ahead log needs memory that all processes share.
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs", "ceph", "glusterfs", "lustre", "beegfs"}
)
_NETWORK_FUSE = frozenset({"fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs2"})
_MOUNTS = Path("/proc/mounts")
_ESCAPE = re.compile(r"\\([0-7]{3})")
#: Less room than this is said; a commit needs a few pages, a backup the size of the store.
LOW_ROOM = 200 * 1024 * 1024


def place_checks(path: Path, mounts: str | None = None) -> Iterator[Check]:
    """Rights, file system and room of an existing store; ``mounts`` stands for ``/proc/mounts``."""
    yield _rights(path)
    yield _file_system(path, _read_mounts() if mounts is None else mounts)
    yield _room(path)


def file_system(path: Path, mounts: str) -> str | None:
    """The type of the file system that ``path`` lies on, after a table such as ``/proc/mounts``."""
    real = os.path.realpath(path)
    best, found = "", None
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[1])
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        # Of two on the same place the later one is in force.
        if inside and len(point) >= len(best):
            best, found = point, fields[2]
    return found


def holders(path: Path) -> list[str]:
    """The other processes of this user that have the store open: ``name (pid)``; empty where nobody can say."""
    wanted = {os.path.realpath(path) + suffix for suffix in ("", "-wal", "-shm")}
    found: list[str] = []
    with suppress(OSError):
        for pid in sorted(filter(str.isdigit, os.listdir("/proc")), key=int):
            if int(pid) != os.getpid() and wanted & _opened(pid):
                found.append(f"{_name(pid)} ({pid})")
    return found


def _opened(pid: str) -> set[str]:
    links: set[str] = set()
    with suppress(OSError):
        for number in os.listdir(f"/proc/{pid}/fd"):
            with suppress(OSError):
                links.add(os.readlink(f"/proc/{pid}/fd/{number}"))
    return links


def _name(pid: str) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip()
    return "?"


def _read_mounts() -> str:
    with suppress(OSError):
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    return ""


def _rights(path: Path) -> Check:
    if not os.access(path, os.R_OK | os.W_OK):
        return Check(
            "rights",
            Health.PROBLEM,
            N_("this user may not read and write {path}", path=str(path)),
            N_("ask its owner for the right, or found the desk with --group"),
        )
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return Check(
            "rights",
            Health.PROBLEM,
            N_("this user may not write in the folder {path}", path=str(path.parent)),
            N_("SQLite keeps files beside the store; ask for the right to write there"),
        )
    file, folder = (stat.S_IMODE(os.stat(one).st_mode) for one in (path, path.parent))
    if file & 0o007:
        return Check(
            "rights",
            Health.WARNING,
            N_("everybody on this machine can read the store (mode {mode})", mode=f"{file:04o}"),
            N_("take the right away: chmod o-rwx {path}", path=str(path)),
        )
    if folder & 0o002 and not folder & stat.S_ISVTX:
        return Check(
            "rights",
            Health.WARNING,
            N_(
                "everybody can put another file in the store's place (folder mode {mode})",
                mode=f"{folder:04o}",
            ),
            N_("take the right away: chmod o-w {path}", path=str(path.parent)),
        )
    return Check(
        "rights",
        Health.OK,
        N_("mode {file}, folder {folder}", file=f"{file:04o}", folder=f"{folder:04o}"),
    )


def _file_system(path: Path, mounts: str) -> Check:
    kind = file_system(path, mounts)
    if kind is None:
        return Check("file-system", Health.OK, N_("not known on this system"))
    if kind in _NETWORK or kind in _NETWORK_FUSE:
        return Check(
            "file-system",
            Health.WARNING,
            N_("the store lies on {kind}, a file system of another machine", kind=kind),
            N_("two machines writing at once would destroy it: move it to a local disk"),
        )
    return Check("file-system", Health.OK, N_("{kind}, a local disk", kind=kind))


def _room(path: Path) -> Check:
    free = shutil.disk_usage(path.parent).free
    size = path.stat().st_size
    message = N_("{free} MB free, the store has {size} MB", free=free >> 20, size=(size >> 20) + 1)
    if free < max(LOW_ROOM, size):
        return Check(
            "room", Health.WARNING, message, N_("make room: a backup needs as much again as the store")
        )
    return Check("room", Health.OK, message)
