"""Who holds a home: written beside the lock, so that whoever has to wait can be told for whom."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from qa.types import now


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that writes: what it does, its number, and since when (ISO 8601)."""

    task: str
    pid: int
    since: str

    @classmethod
    def here(cls, task: str) -> Self:
        """This process, from now on."""
        return cls(task, os.getpid(), now().isoformat(timespec="seconds"))

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Who wrote the file, if that can be told and the process is still alive."""
        try:
            holder = cls(**json.loads(path.read_text(encoding="utf-8")))
            datetime.fromisoformat(holder.since)
            return holder if _is_alive(holder.pid) else None
        except (OSError, ValueError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Tell it in a file; a reader finds it whole or not at all."""
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self)), encoding="utf-8")
        os.replace(fresh, path)

    def __str__(self) -> str:
        """`ingest, process 4242, since 14:02`, in the time of this machine."""
        since, today = datetime.fromisoformat(self.since).astimezone(), now().astimezone()
        when = f"{since:%H:%M}" if since.date() == today.date() else f"{since:%Y-%m-%d %H:%M}"
        return f"{self.task}, process {self.pid}, since {when}"


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":  # there, signal 0 is no question
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another user's
        return True
    return True
