"""The village with something of everything in it, and `voisiture verify` run on its database."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from api import cli
from booking.application import Bookings
from booking.commands import BookVehicle
from fleet.application import Fleet
from fleet.commands import ReportDamage
from kernel.log.heads import Signer, head_of
from kernel.period import Period
from people.photos import keep_photo
from tests.checks.manipulations import DAMAGE, RECEIPT
from tests.hosting.repository import SECRET
from tests.kit.money import give_ibans
from tests.kit.village import COOP, Village
from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def lived(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """Nadia drove and owes; she also booked, and said where she goes; and of what she broke there is a photo."""
    monkeypatch.setenv("VOISITURE_SECRET", SECRET)
    monkeypatch.setenv("VOISITURE_DATABASE_URL", village.site.settings.database_url)
    village.drove("Nadia", "Clio", 100)
    start = village.now + timedelta(days=2)
    command = BookVehicle(
        coop_id=COOP,
        vehicle_id=village.vehicle("Kangoo"),
        period=Period(start, start + timedelta(hours=2)),
        destination="La gare de Valence",
    )
    Bookings(village.site.history).book_vehicle(command, village.asked("Nadia"), "Europe/Paris")
    with village.site.writing() as connection:
        for photo_id in (DAMAGE, RECEIPT):
            keep_photo(connection, village.site.keyring, COOP, photo_id, str(photo_id).encode(), village.now)
    damage = ReportDamage(
        coop_id=COOP, vehicle_id=village.vehicle("Clio"), part="front", sentence="Rayure", photo_id=DAMAGE
    )
    Fleet(village.site.history).report_damage(damage, village.asked("Nadia"))
    village.settle()
    give_ibans(village)
    return village


@pytest.fixture
def verified(lived: Village, capsys: pytest.CaptureFixture[str]) -> Verify:
    """Run `voisiture verify`; give its status and what it says."""

    def verify(*against: str) -> tuple[int, str]:
        lived.site.engine.dispose()
        capsys.readouterr()
        status = cli.main(["verify", *(part for head in against for part in ("--against", head))])
        return status, capsys.readouterr().out

    return verify


@pytest.fixture
def head(lived: Village) -> str:
    return head_now(lived)


def head_now(village: Village) -> str:
    """Return the line at the end of a letter that leaves now."""
    return str(Signer(village.site.keyring).sign(village.ask(head_of, COOP)))
