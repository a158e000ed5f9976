"""Values as lines of JSON on standard output, for programs that read them one by one."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from ui.terminal import UNSEEN


def print_line(value: Any) -> None:
    """A value as one line of JSON, its control characters escaped, at once."""
    text = json.dumps(value, ensure_ascii=False, default=_moment)
    sys.stdout.write(UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
    sys.stdout.flush()


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
