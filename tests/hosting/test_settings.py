"""Settings come from the environment; each mistake is answered by one sentence that names the variable to mend."""

import base64
from ipaddress import ip_network

import pytest

from api.settings import SettingsError, settings_from
from tests.hosting.repository import SECRET, settings_read

PUBLIC = {
    "VOISITURE_SECRET": SECRET,
    "VOISITURE_BASE_URL": "https://partage.example.fr",
    "VOISITURE_SMTP_URL": "smtp://mail:587",
}


def test_a_secret_is_all_a_machine_of_ones_own_needs() -> None:
    settings = settings_from({"VOISITURE_SECRET": SECRET})
    assert settings.secret == base64.b64decode(SECRET)
    assert settings.database_url == "sqlite:///var/voisiture.db"
    assert (settings.is_public, settings.demo, settings.smtp_url) == (False, False, "")


def test_everything_can_be_said() -> None:
    environment = PUBLIC | {
        "VOISITURE_DATABASE_URL": "postgresql+psycopg://a:b@c/d",
        "VOISITURE_BASE_URL": "https://partage.example.fr/",
        "VOISITURE_MAIL_FROM": "Les voisins <nous@example.fr>",
        "VOISITURE_DEMO": "0",
        "VOISITURE_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
        "VOISITURE_FOUNDING": "closed",
    }
    settings = settings_from(environment)
    assert settings.base_url == "https://partage.example.fr"
    assert settings.is_public
    assert settings.mail_from == "Les voisins <nous@example.fr>"
    assert not settings.demo
    assert not settings.founding
    assert settings.trusted_proxies == (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"))
    assert set(environment) == settings_read()


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000@partage.example.fr",
        "http://localhost.example.fr",
        "http://[::ffff:1.2.3.4]",
        "http://127.0.0.1.example.org",
    ],
)
def test_what_only_begins_like_this_machine_is_public(address: str) -> None:
    known = {"VOISITURE_SECRET": SECRET, "VOISITURE_BASE_URL": address}
    with pytest.raises(SettingsError, match="VOISITURE_SMTP_URL is needed"):
        settings_from(known)
    assert settings_from(known | {"VOISITURE_SMTP_URL": "smtp://mail:587"}).is_public


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8123", "localhost", "[::1]:8000", "127.0.0.77"])
def test_the_demo_runs_on_this_machine(host: str) -> None:
    assert settings_from(
        {"VOISITURE_SECRET": SECRET, "VOISITURE_DEMO": "1", "VOISITURE_BASE_URL": f"http://{host}"}
    ).demo


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"VOISITURE_SECRET": ""}, "VOISITURE_SECRET must be 32 bytes in base64: make one with `voisiture secret`"),
        (
            {"VOISITURE_SECRET": "c2hvcnQ="},
            "VOISITURE_SECRET must be 32 bytes in base64: make one with `voisiture secret`",
        ),
        ({"VOISITURE_SECRET": "not base64!"}, "VOISITURE_SECRET must be base64: make one with `voisiture secret`"),
        ({"VOISITURE_SECRET": "clé"}, "VOISITURE_SECRET must be base64: make one with `voisiture secret`"),
        (
            {"VOISITURE_DEMO": "1"},
            "VOISITURE_DEMO lets anyone in as anyone: it cannot run on a public VOISITURE_BASE_URL",
        ),
        (
            {"VOISITURE_SMTP_URL": ""},
            "VOISITURE_SMTP_URL is needed: without it nobody can sign in on a public address",
        ),
        (
            {"VOISITURE_TRUSTED_PROXIES": "10.0.0.1/8"},
            "VOISITURE_TRUSTED_PROXIES must be addresses or networks, by commas: 10.0.0.1/8 has host bits set",
        ),
        (
            {"VOISITURE_SMTP_URL": "mail.example.fr"},
            "VOISITURE_SMTP_URL must begin with smtp:// or smtps:// or smtp+local://",
        ),
        ({"VOISITURE_BASE_URL": "partage.example.fr"}, "VOISITURE_BASE_URL must begin with https:// or http://"),
        (
            {"VOISITURE_DATABASE_URL": "postgres://a@b/c"},
            "VOISITURE_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://",
        ),
        (
            {"VOISITURE_DATABASE_URL": ""},
            "VOISITURE_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://",
        ),
    ],
)
def test_each_mistake_has_its_sentence(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_from(PUBLIC | wrong)
    assert str(refused.value) == sentence
