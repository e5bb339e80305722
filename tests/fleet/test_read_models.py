from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, Table, select

from fleet.application import Fleet
from fleet.commands import (
    FilePaper,
    Home,
    LeaveService,
    MendDamage,
    MoveHome,
    PaperOnFile,
    RecordReading,
    ReportDamage,
    SayColour,
)
from fleet.read_models import project
from kernel.log.rebuild import rebuild
from kernel.tables import derived
from tests.fleet.garage import CARGO_BIKE, CLIO, COOP, HOME, KANGOO, NOON, TODAY, asked, entered

TABLES = [table for name, table in derived.tables.items() if name.startswith("fleet_")]


def rows(engine: Engine, table: Table) -> list[Any]:
    with engine.connect() as connection:
        return sorted(map(repr, connection.execute(select(table))))


def test_a_rebuild_gives_the_same_rows(fleet: Fleet, engine: Engine) -> None:
    sold, bike = entered(fleet, CLIO), entered(fleet, CARGO_BIKE)
    entered(fleet, KANGOO)
    paper = PaperOnFile(kind="insurance", valid_until=TODAY, insurer_consents=True)
    fleet.file_paper(FilePaper(coop_id=COOP, vehicle_id=sold, paper=paper), asked())
    fleet.move_home(
        MoveHome(coop_id=COOP, vehicle_id=bike, home=Home(text="Gare", latitude="44.75", longitude="5.36861")), asked()
    )
    for colour in ("vert", "bleu nuit"):
        fleet.say_colour(SayColour(coop_id=COOP, vehicle_id=bike, colour=colour), asked())
    reading = RecordReading(coop_id=COOP, vehicle_id=bike, km=12, at=NOON + timedelta(hours=1))
    fleet.record_reading(reading, asked(at=NOON + timedelta(hours=2)))
    damage = ReportDamage(coop_id=COOP, vehicle_id=bike, part="left", sentence=f"Près de : {HOME.text}")
    fleet.mend_damage(MendDamage(coop_id=COOP, damage_id=fleet.report_damage(damage, asked()).stream_id), asked())
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=sold), asked())
    entered(fleet, CLIO)
    live = {table.name: rows(engine, table) for table in TABLES}
    rebuild(engine, {"fleet": project})
    assert {table.name: rows(engine, table) for table in TABLES} == live
    assert len(live["fleet_vehicles"]) == 4
