"""What the disk does to a home: full, read-only, broken. Told in one line; bugs keep their traceback."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qa.errors import HomeNotUsable

OF_THE_DISK = frozenset(
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS", "EACCES", "EPERM", "ENOENT", "ESTALE", "EMFILE", "ENFILE")
    if hasattr(errno, name)
)
OF_SQLITE = frozenset((3, 5, 6, 8, 10, 11, 13, 14, 26))
"""SQLite's PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN and NOTADB. Other codes are bugs of ours."""


class StoreFailed(Exception):
    """A store's own error about its files; the store's owner raises it from what the library raised."""


def is_fault(error: BaseException) -> bool:
    """Whether an error comes from the disk, and not from a bug, a closed pipe or the network."""
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in OF_SQLITE
    return isinstance(error, StoreFailed) or (isinstance(error, OSError) and error.errno in OF_THE_DISK)


@contextmanager
def reported(folder: Path) -> Iterator[None]:
    """Raises `HomeNotUsable`, with what to do, from the disk's errors inside."""
    try:
        yield
    except (OSError, sqlite3.Error, StoreFailed) as error:
        if not is_fault(error):
            raise
        cause = error.__cause__ if isinstance(error, StoreFailed) and error.__cause__ else error
        raise HomeNotUsable(
            f"Can't write to the home {str(folder)!r}: {reason(error)} The disk may be full{_room(folder)}, or the "
            "folder read-only: mend that, then run the same command again; it goes on where it stopped."
        ) from cause


def reason(error: BaseException) -> str:
    """The first line of an error's text, as a sentence."""
    words = error.strerror if isinstance(error, OSError) else None
    line = ((words or str(error)).strip().splitlines() or [type(error).__name__])[0]
    return line if line.endswith(".") else line + "."


def _room(folder: Path) -> str:
    with suppress(OSError):
        return f" ({shutil.disk_usage(folder).free / 1e6:.0f} MB are free)"
    return ""
