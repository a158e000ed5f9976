"""What a user can act on.

    NewsdeskError
    ├── NoIndex            nothing has been indexed in this home yet
    ├── OtherEmbedder      the index was made with another embedder or passage format
    ├── HomeNotUsable      the home can't be read or written
    ├── HomeBusy           another process is writing to the home
    ├── ModelNotUsable     a model can't be loaded, or isn't the one it says it is
    ├── ChatFailed         a chat model can't be reached, or its reply can't be used
    ├── NoSuchArticle      an article id that the index doesn't hold
    ├── BadInput           an input, option or setting that makes no sense
    ├── PortTaken          the web chat has no port to listen on
    └── FellShort          an evaluation with cases that can't be used or fail, or figures below the gate

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
    """A model can't be loaded, or isn't the one it says it is."""


class ChatFailed(NewsdeskError):
    """A chat model can't be reached, or its reply can't be used."""


class NoSuchArticle(NewsdeskError):
    """An article id that the index doesn't hold."""


class BadInput(NewsdeskError):
    """An input, option or setting that makes no sense."""


class PortTaken(NewsdeskError):
    """The web chat has no port to listen on."""


class FellShort(NewsdeskError):
    """An evaluation with cases that can't be used or fail, or figures below the gate."""
