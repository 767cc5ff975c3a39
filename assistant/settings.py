"""Settings of the language model and of kept answers: the only place of this package that reads the
environment."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class WriterSettings(BaseSettings):
    """``REPERES_MODEL``, ``REPERES_MODEL_URL``, ``REPERES_MODEL_KEY``, ``REPERES_MODEL_TIMEOUT_S``.

    Nothing is required: without ``model`` and ``model_url``, every answer is made of quotes. The
    key is for servers that ask for one. ``model_timeout_s`` bounds a whole answer, in seconds.
    """

    model_config = SettingsConfigDict(
        env_prefix="REPERES_",
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        protected_namespaces=(),
    )

    model: str | None = None
    model_url: str | None = Field(default=None, pattern=r"^https?://")
    model_key: SecretStr | None = None
    model_timeout_s: float = Field(default=30.0, gt=0, le=600)


class RecordSettings(BaseSettings):
    """``REPERES_RECORDS``: how many days answers are kept, their question masked; 0 keeps none."""

    model_config = SettingsConfigDict(
        env_prefix="REPERES_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    records: int = Field(default=0, ge=0, le=366)
