"""Making a new desk: its store, policy version 1, registers, holidays, and its first administrator."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from ouvidoria_tui.bootstrap import system_user
from ouvidoria_tui.clock import Clock, SystemClock
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import check_login, record_desk_act
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.message_ids import KEY_BYTES
from ouvidoria_tui.domain.permission import Agent, Role
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_check import FindingKind, check
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.errors import NotFound, Refused, StoreError, UsageError
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.store.connection import create_file, explained, open_new
from ouvidoria_tui.store.founding import first_rows, shape
from ouvidoria_tui.store.signing import put_mail_key
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.text import N_

#: Years for which holidays are copied into a new store, around the present one.
YEARS_BACK, YEARS_AHEAD = 30, 30


def profile_names() -> list[str]:
    """The profiles that come with the program, by name."""
    return sorted(path.stem for path in (data_folder() / "profiles").glob("*.toml"))


def profile_text(name_or_file: str) -> tuple[str, str]:
    """Name and text of a profile, by its name or from a file.

    Raises ``NotFound`` ``PROFILE_NOT_FOUND``, ``UsageError`` ``PROFILE_UNREADABLE``.
    """
    if name_or_file in profile_names():
        path = data_folder() / "profiles" / f"{name_or_file}.toml"
    else:
        path = Path(name_or_file)
    if not os.path.isfile(path):  # unlike Path.is_file it also answers for a name that no file can have
        raise NotFound(
            "PROFILE_NOT_FOUND",
            N_("there is no profile {name}", name=name_or_file[:80]),
            N_("the profiles are: {names}; or name a file", names=", ".join(profile_names())),
        )
    try:
        return path.stem, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "PROFILE_UNREADABLE",
            N_("{path} cannot be read as UTF-8 text: {reason}", path=str(path), reason=str(error)),
            N_("save the file as UTF-8 and check the rights on it"),
        ) from error


def policy_of(profile: str) -> tuple[Policy, str]:
    """A profile by its name or from a file, parsed, and its text.

    Raises what :func:`profile_text` raises, and ``UsageError`` ``POLICY_INVALID``.
    """
    name, text = profile_text(profile)
    return parse(text, name=name if profile in profile_names() else profile), text


def closed_days(policy: Policy, now: int) -> dict[date, str]:
    """The closed dates that a policy asks for, :data:`YEARS_BACK` before and :data:`YEARS_AHEAD` after ``now``.

    Raises ``UsageError`` for a state, an optional day or a local date that does not exist.
    """
    from ouvidoria_tui.intake import holidays

    year = datetime.fromtimestamp(now, UTC).year
    rule = policy.holidays
    years = range(max(1970, year - YEARS_BACK), year + YEARS_AHEAD + 1)
    return holidays.brazil(years, rule.state, rule.optional, rule.local)


def found_desk(
    path: Path,
    *,
    profile: str = "hospedagem",
    text: str | None = None,
    group: str | None = None,
    clock: Clock | None = None,
    admin: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> SqliteStore:
    """A new store at ``path``, open, with policy version 1 and ``admin`` (the system user) as administrator.

    ``text`` stands for what the profile says where it is given. Where anything fails, nothing is left behind.
    Raises ``Refused`` ``STORE_EXISTS`` and ``POLICY_HAS_ERRORS``, and what :func:`policy_of` raises.
    """
    if os.path.lexists(path):
        raise _exists(path)
    if text is None:
        policy, text = policy_of(profile)
    else:
        policy = parse(text, name=profile)
    _check_lawful(policy)
    clock = clock or SystemClock()
    login = check_login(admin or system_user(environ))
    closed = closed_days(policy, clock.now())
    missing = [folder for folder in path.parents if not folder.exists()]
    try:
        create_file(path, group=group)
    except StoreError as error:
        # Somebody else was quicker: what stands there now is theirs.
        if isinstance(error.__cause__, FileExistsError):
            raise _exists(path) from error
        remove_store(path, missing)
        raise
    store: SqliteStore | None = None
    try:
        store = SqliteStore(open_new(path), path)
        _fill(store, policy, text, closed, clock, login)
    except BaseException:
        if store is not None:
            store.close()
        remove_store(path, missing)
        raise
    return store


def _fill(
    store: SqliteStore, policy: Policy, text: str, closed: Mapping[date, str], clock: Clock, login: str
) -> None:
    from ouvidoria_tui.intake import holidays

    with explained(store.path):
        shape(store.conn)
    with store.transaction():
        source = f"{holidays.SOURCE} {holidays.version()}"
        version = first_rows(store.conn, policy, text, closed, source, clock.now())
        agent = store.add_agent(login, login, Role.ADMINISTRATOR, True, clock.now())
        desk = Desk(store, clock, agent, system_user(), os.urandom)
        put_mail_key(store.conn, desk.entropy(KEY_BYTES))
        record_desk_act(desk, Act.DESK_CREATED, {"profile": policy.key})
        record_desk_act(
            desk, Act.POLICY_APPLIED, {"version": version, "key": policy.key, "sha256": _digest(text)}
        )
        record_desk_act(desk, Act.AGENT_REGISTERED, _agent_facts(agent))


def _check_lawful(policy: Policy) -> None:
    """Nothing, where the policy has no error against the law; a valid text may still have some."""
    errors = [one for one in check(policy) if one.severity is FindingKind.ERROR]
    if errors:
        raise Refused(
            "POLICY_HAS_ERRORS",
            N_("{key}: {what}", key=errors[0].key, what=errors[0].message),
            N_("`ouvidoria policy check` names every finding; correct the profile and try again"),
            details={"problems": [N_("{key}: {what}", key=one.key, what=one.message) for one in errors]},
        )


def _exists(path: Path) -> Refused:
    return Refused(
        "STORE_EXISTS",
        N_("there is something at {path} already; it was not touched", path=str(path)),
        N_("choose another place with --db, or move that file away"),
    )


def remove_store(path: Path, folders: Sequence[Path] = ()) -> None:
    """Takes away what was made: the file with what SQLite keeps beside it, and the folders made for it."""
    with suppress(OSError):
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        for folder in folders:
            folder.rmdir()


def _digest(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode("utf-8")).hexdigest()


def _agent_facts(agent: Agent) -> dict[str, object]:
    return {"agent": agent.id, "role": agent.role.value, "active": agent.active}
