"""`compose.yaml` and `.env.example`: what one types is what the application reads, and nothing is missing."""

import re
from typing import Any

import pytest
import yaml

from api.settings import settings_from
from tests.hosting.repository import SECRET, settings_read, text

FILLED_IN = {
    "POSTGRES_PASSWORD": "pw",
    "VOISITURE_SECRET": SECRET,
    "VOISITURE_BASE_URL": "https://partage.example.fr",
    "VOISITURE_MAIL_FROM": "Voisiture <voisiture@example.fr>",
    "MAIL_DOMAIN": "example.fr",
}
NEEDED = re.compile(r"\$\{(\w+):\?[^}]+\}")
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load(text("compose.yaml"))


@pytest.fixture(scope="module")
def environment(compose: Any) -> dict[str, str]:
    """Return the application's environment once `.env` is filled in."""
    given = compose["services"]["app"]["environment"]
    return {
        name: VARIABLE.sub(lambda found: FILLED_IN.get(found[1], found[3] if found[2] == "-" else ""), value)
        for name, value in given.items()
    }


def test_there_are_the_application_a_database_and_a_mail_relay(compose: Any) -> None:
    assert set(compose["services"]) == {"app", "database", "mail"}
    assert all(service["restart"] == "unless-stopped" for service in compose["services"].values())


def test_every_setting_given_is_one_the_application_reads(environment: dict[str, str]) -> None:
    assert set(environment) <= settings_read()


def test_the_application_starts_on_a_public_address_with_what_is_given(environment: dict[str, str]) -> None:
    settings = settings_from(environment)
    assert settings.is_public
    assert not settings.demo
    assert settings.database_url == "postgresql+psycopg://voisiture:pw@database/voisiture"
    assert settings.mail_from == "Voisiture <voisiture@example.fr>"


def test_without_another_mail_server_letters_go_to_the_relay_where_it_listens(environment: dict[str, str]) -> None:
    assert settings_from(environment).smtp_url == "smtp+local://mail:587"  # by this image, on the submission port


def test_the_database_is_the_one_the_application_looks_for(compose: Any) -> None:
    database = compose["services"]["database"]["environment"]
    assert (database["POSTGRES_USER"], database["POSTGRES_DB"]) == ("voisiture", "voisiture")
    assert database["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


def test_the_application_waits_for_a_database_that_answers(compose: Any) -> None:
    services = compose["services"]
    assert services["app"]["depends_on"]["database"]["condition"] == "service_healthy"
    for name in ("app", "database"):
        assert {"test", "interval", "timeout", "retries"} <= set(services[name]["healthcheck"])
    assert "/health" in services["app"]["healthcheck"]["test"][-1]


def test_what_must_last_has_a_volume(compose: Any) -> None:
    mounted = [
        volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", ())
    ]
    assert sorted(mounted) == sorted(compose["volumes"]) == ["database", "mail"]
    assert "database:/var/lib/postgresql" in compose["services"]["database"]["volumes"]


def test_the_application_is_reached_from_this_machine_only(compose: Any) -> None:
    assert compose["services"]["app"]["ports"] == ["127.0.0.1:8000:8000"]  # a TLS proxy stands in front


def test_the_example_names_exactly_what_has_to_be_filled_in() -> None:
    named = re.findall(r"^(\w+)=", text(".env.example"), re.MULTILINE)
    assert sorted(named) == sorted(set(NEEDED.findall(text("compose.yaml")))) == sorted(FILLED_IN)
