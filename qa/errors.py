"""What a user can act on.

    NewsdeskError
    ├── NoIndex            nothing has been indexed in this home yet
    ├── OtherEmbedder      the index was made with another embedder or passage format
    ├── HomeNotUsable      the home can't be read or written
    ├── HomeBusy           another process is writing to the home
    ├── ModelNotUsable     an embedder can't be loaded, or isn't the one it says it is
    ├── NoSuchArticle      an article id that the index doesn't hold
    ├── BadInput           an input, option or setting that makes no sense
    └── PortTaken          the web chat has no port to listen on

A message says what happened, why, and what to do next, in one line. Commands catch `NewsdeskError` alone, print it
to standard error and exit with 1; anything else is a bug and keeps its traceback.
"""


class NewsdeskError(Exception):
    """The root: something that the user can mend."""


class NoIndex(NewsdeskError):
    """Nothing has been indexed in this home yet."""


class OtherEmbedder(NewsdeskError):
    """The index was made with another embedder or passage format."""


class HomeNotUsable(NewsdeskError):
    """The home can't be read or written."""


class HomeBusy(NewsdeskError):
    """Another process is writing to the home."""


class ModelNotUsable(NewsdeskError):
    """An embedder can't be loaded, or isn't the one it says it is."""


class NoSuchArticle(NewsdeskError):
    """An article id that the index doesn't hold."""


class BadInput(NewsdeskError):
    """An input, option or setting that makes no sense."""


class PortTaken(NewsdeskError):
    """The web chat has no port to listen on."""
