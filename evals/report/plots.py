"""Curves as SVG to stand inside a page: text stays text, ink is the page's own, the same run gives the same bytes."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import NullLocator

from evals.results import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

INK, QUIET, RULE = "#010101", "#020202", "#030303"
RUN_COLOURS = ("#1c4f82", "#b4511e", "#3f7a3a", "#7b4397", "#8a6d00", "#0f7f86", "#a02c5a", "#5c5c5c")
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (5, 2, 1.5, 2)))
WIDTH, HEIGHT = 4.4, 3.3
MOMENTS = {0.0001: "0.1 ms", 0.001: "1 ms", 0.01: "10 ms", 0.1: "0.1 s", 1.0: "1 s", 10.0: "10 s", 100.0: "100 s"}
LEAST = 0.0001
"""Seconds, below which a stage is drawn as if it took as long: the axis is logarithmic."""

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "newsdesk",
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing with what it is called, how to read it, and what it says to those who don't see it."""

    name: str
    title: str
    reading: str
    spoken: str
    svg: str


def plots(runs: Sequence[Run]) -> list[Plot]:
    """The plots that the runs have something for. A run keeps its colour in all of them."""
    return [plot for make in (_risk_coverage, _reliability, _latency) if (plot := make(runs)) is not None]


def _risk_coverage(runs: Sequence[Run]) -> Plot | None:
    curves = _curves(runs, "risk_coverage", 2)
    if not curves:
        return None

    def draw(axes: Axes) -> None:
        for n, points in curves:
            axes.plot(points[:, 0], points[:, 1], color=_colour(n), linestyle=DASHES[n % 4], linewidth=1.8)
        axes.set(xlim=(0, 1), ylim=(0, _above(max(float(points[:, 1].max()) for _, points in curves))))
        axes.set(xlabel="coverage: share answered, surest first", ylabel="risk: share of these that is wrong")

    ends = [f"{runs[n].name}: {points[-1, 1]:.2f} wrong at coverage {points[-1, 0]:.2f}" for n, points in curves]
    return Plot(
        "risk-coverage",
        "Risk and coverage",
        "How many answers are wrong if only the surest are given. The lower the line, and the longer it stays low, the "
        "better newsdesk knows when it knows.",
        "; ".join(ends),
        _svg("risk-coverage", draw),
    )


def _reliability(runs: Sequence[Run]) -> Plot | None:
    curves = _curves(runs, "reliability", 3)
    if not curves:
        return None

    def draw(axes: Axes) -> None:
        axes.plot((0, 1), (0, 1), color=QUIET, linewidth=1, linestyle=(0, (2, 3)))
        most = max(float(points[:, 2].max()) for _, points in curves)
        for n, points in curves:
            axes.plot(points[:, 0], points[:, 1], color=_colour(n), linestyle=DASHES[n % 4], linewidth=1.3)
            sizes = 12 + 90 * points[:, 2] / max(most, 1)
            axes.scatter(points[:, 0], points[:, 1], s=sizes, color=_colour(n), alpha=0.75, linewidth=0, clip_on=False)
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability that was said", ylabel="share that was right")

    counts = [f"{runs[n].name}: {len(points)} bins, {int(points[:, 2].sum())} cases" for n, points in curves]
    return Plot(
        "reliability",
        "Said and true",
        "Whether “70 % sure” is right 70 % of the time. On the dotted line it is; below it newsdesk is too sure of "
        "itself, above it too modest. Larger dots hold more cases.",
        "; ".join(counts),
        _svg("reliability", draw),
    )


def _latency(runs: Sequence[Run]) -> Plot | None:
    rows = _stages(runs)
    if not rows:
        return None
    stages = list(dict.fromkeys(stage for stage, _, _ in rows))
    step = 1 / (len(runs) + 1)

    def draw(axes: Axes) -> None:
        for stage, n, values in rows:
            y = stages.index(stage) + (n - (len(runs) - 1) / 2) * step
            low, lower, median, upper, high = np.percentile(values, (5, 25, 50, 75, 95))
            axes.plot((low, high), (y, y), color=_colour(n), linewidth=1.2)
            axes.plot((lower, upper), (y, y), color=_colour(n), linewidth=5, alpha=0.55, solid_capstyle="butt")
            axes.plot((median,), (y,), color=_colour(n), marker="o", markersize=4.5)
        axes.set_xscale("log")
        least, most = (f(float(f(values)) for _, _, values in rows) for f in (min, max))
        ticks = [tick for tick in MOMENTS if least / 10 < tick < most * 10]
        axes.set_xticks(ticks, [MOMENTS[tick] for tick in ticks])
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_yticks(range(len(stages)), [_printable(stage) for stage in stages])
        axes.set(xlim=(least / 1.6, most * 1.6), ylim=(len(stages) - 0.5, -0.5), xlabel="seconds a case")
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")

    medians = [f"{runs[n].name}, {stage}: median {np.median(values):.3f} s" for stage, n, values in rows]
    return Plot(
        "latency",
        "Seconds by stage",
        "How long a case takes. The dot is the median, half of the cases lie on the thick line, nine in ten on the "
        "thin one. Each step of the scale is ten times the one before.",
        "; ".join(medians),
        _svg("latency", draw, height=max(HEIGHT, 0.6 + 0.17 * len(stages) * (len(runs) + 1))),
    )


def _stages(runs: Sequence[Run]) -> list[tuple[str, int, np.ndarray]]:
    """The seconds of each stage and run that has any, stage by stage; the stage of most seconds comes last."""
    kept = [[result.seconds for result in run.results if result.error is None] for run in runs]
    names = dict.fromkeys(stage for taken in kept for seconds in taken for stage in seconds)
    rows = []
    for stage in names:
        for n, taken in enumerate(kept):
            values = [seconds[stage] for seconds in taken if stage in seconds]
            if values:
                rows.append((stage, n, np.maximum(np.asarray(values, dtype=np.float64), LEAST)))
    longest = {stage: max(float(values.sum()) for name, _, values in rows if name == stage) for stage in names}
    return sorted(rows, key=lambda row: (longest[row[0]], row[0], row[1]))


def _curves(runs: Sequence[Run], name: str, width: int) -> list[tuple[int, np.ndarray]]:
    found = [(n, np.asarray(run.curves.get(name) or [], dtype=np.float64)) for n, run in enumerate(runs)]
    return [(n, points) for n, points in found if points.ndim == 2 and points.shape[1] >= width]


def _above(risk: float) -> float:
    """The end of an axis that shows this risk with some air: a tenth, two tenths, … or 1."""
    return min(1.0, math.ceil(max(risk, 0.05) * 10 + 0.5) / 10)


def _colour(run: int) -> str:
    return RUN_COLOURS[run % len(RUN_COLOURS)]


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


@contextmanager
def _own_style() -> Iterator[None]:
    """Our style and nothing of the user's."""
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # letters that the measuring font lacks: the reader's own fonts have them
        matplotlib.rcdefaults()
        for name, value in STYLE.items():
            matplotlib.rcParams[name] = value
        yield


def _svg(name: str, draw: Callable[[Axes], None], *, height: float = HEIGHT) -> str:
    with _own_style():
        drawing = Drawing(figsize=(WIDTH, height), layout="constrained")
        draw(drawing.add_subplot())
        into = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        drawing.savefig(into, format="svg", transparent=True, metadata=nothing)
    return _for_page(into.getvalue(), name)


def _for_page(svg: str, name: str) -> str:
    """A drawing as an element of a page: its ids its own, its colours, letters and size the page's."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<style.*?</style>|<defs>\s*</defs>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<svg [^>]*?(viewBox="[^"]*")[^>]*>', r'<svg class="plot" \1 aria-hidden="true">', svg, count=1)
    return re.sub("<[^>]*>", lambda tag: _tag_for_page(tag[0], name), svg)


def _tag_for_page(tag: str, name: str) -> str:
    tag = re.sub(r" font-family: [^;]*;", "", tag).replace("xlink:href", "href")
    for attribute in (' id="', ' href="#', "url(#"):
        tag = tag.replace(attribute, f"{attribute}{name}-")
    for place, colour in enumerate(RUN_COLOURS, start=1):
        tag = tag.replace(colour, f"var(--run-{place}, {colour})")
    return tag.replace(INK, "currentColor").replace(QUIET, "var(--quiet, #777)").replace(RULE, "var(--rule, #ccc)")
