import pytest

from assistant.settings import WriterSettings
from ui.rewording import model_notice


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/v1", "http://localhost/v1", "http://[::1]"])
def test_a_local_model_says_that_nothing_leaves(url: str) -> None:
    notice = model_notice(WriterSettings(model="petit-modele", model_url=url))
    assert notice is not None
    assert "petit-modele, sur cette machine" in notice


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://modeles.example/v1", "modeles.example"),
        ("http://10.0.0.8:8000/v1", "10.0.0.8"),
        ("http://localhost.example/v1", "localhost.example"),
        ("https://secret:cle@modeles.example/v1", "modeles.example"),
    ],
)
def test_a_remote_model_says_where_questions_go(url: str, host: str) -> None:
    notice = model_notice(WriterSettings(model="grand-modele", model_url=url))
    assert notice is not None
    assert notice.endswith(f"partent vers {host}.")


def test_without_a_model_nothing_is_offered() -> None:
    assert model_notice(WriterSettings()) is None
    assert model_notice(WriterSettings(model="seul")) is None
