"""The gate: figures that must not fall below their floors, or rise above them where lower is better."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from evals.results import Run
from qa.errors import BadInput


def read_gate(path: Path) -> dict[str, float]:
    """The bound of each figure, by name, of a JSON file like `{"R@5": 0.9, "calibration error": 0.2}`.

    Raises `BadInput` when the file is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"Can't read the gate {str(path)!r}: {error.strerror}.") from error
    except ValueError as error:
        raise BadInput(f"The gate {str(path)!r} is not JSON: {error}.") from error
    good = isinstance(data, Mapping) and data and all(_is_number(value) for value in data.values())
    if not good:
        raise BadInput(f'The gate {str(path)!r} must be an object of figures and numbers, like {{"R@5": 0.9}}.')
    return {str(name): float(value) for name, value in data.items()}


def failures(run: Run, gate: Mapping[str, float]) -> tuple[str, ...]:
    """What in a run doesn't hold, one line each; a figure that the run doesn't have fails too."""
    lines = []
    for name, bound in gate.items():
        figure = run.figure(name)
        if figure is None or figure.value is None:
            lines.append(f"{name}: there is no such figure; there are: {', '.join(f.name for f in run.figures)}")
        elif figure.better == "lower" and figure.value > bound:
            lines.append(f"{name} is {figure.value:.4f}, above {bound:g}")
        elif figure.better != "lower" and figure.value < bound:
            lines.append(f"{name} is {figure.value:.4f}, below {bound:g}")
    return tuple(lines)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value
