"""`newsdesk demo`: the whole way, on the articles that come along."""

from __future__ import annotations

from ingest import ingest, samples_folder
from qa.build import build_assistant
from qa.home import Home
from qa.models import load_embedder
from qa.settings import Settings
from ui.commands_ingest import summary
from ui.progress import shown
from ui.terminal import err, out, plain, print_answer, say, working

QUESTION = "What did South Korea say about the ICBM?"
EXAMPLES = (
    QUESTION,
    "How many people were injured in the ferry collision?",
    "How many households had to leave below Hollin Dam?",
    "What did the mayor say about Carrow Bridge?",
    "What did France say about the launches?",
)
"""Questions for the samples: one for each thing worth seeing; the last has no answer in them."""


def run_demo(settings: Settings, port: int | None, *, own_home: bool) -> None:
    """Index the samples once, ask them a question, and open the web chat unless `port` is `None`.

    With `own_home` they are kept apart from the user's articles, in the folder `demo` of the home.
    """
    if own_home:
        home = settings.home / "demo"
        embedder_there = Home(home.expanduser()).state().embedder
        settings = settings.model_copy(update={"home": home, "embedder": embedder_there or settings.embedder})
    console = out()
    say(console, f"Reading the sample articles into {plain(str(settings.folder))}")
    with working("Loading the model…"):
        embedder = load_embedder(settings.embedder)
    with shown(err(), live=True, quiet=False) as show:
        report = ingest([samples_folder()], settings=settings, embedder=embedder, progress=show)
    say(console, summary(report))
    with working("Reading the articles…"):
        assistant = build_assistant(settings, embedder=embedder)
        answer = assistant.ask(QUESTION)
    console.print()
    say(console, f"Question: {QUESTION}", style="bold")
    console.print()
    print_answer(console, QUESTION, answer)
    if port is not None:
        from ui.commands_chat import open_chat  # brings gradio, which takes seconds: the answer is read meanwhile

        console.print()
        open_chat(assistant, port, EXAMPLES)
