from functools import partial
from uuid import UUID, uuid4

import pytest

from fleet.application import Fleet
from fleet.commands import MendDamage, ReportDamage
from fleet.damages import known_damages
from kernel.privacy import Keyring
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import COOP, KARIM, OTHER_COOP, asked, entered
from tests.kit.races import at_once


def scratched(fleet: Fleet) -> tuple[UUID, MendDamage]:
    vehicle_id = entered(fleet)
    report = ReportDamage(coop_id=COOP, vehicle_id=vehicle_id, part="left", sentence="Rayure")
    return vehicle_id, MendDamage(coop_id=COOP, damage_id=fleet.report_damage(report, asked()).stream_id)


def test_what_is_mended_is_no_longer_known(fleet: Fleet, read: Reader, keyring: Keyring) -> None:
    vehicle_id, mend = scratched(fleet)
    fleet.mend_damage(mend, asked())
    assert read(known_damages, keyring, COOP, vehicle_id) == ()


def test_another_co_op_or_another_id_knows_no_damage(fleet: Fleet) -> None:
    vehicle_id, mend = scratched(fleet)
    for coop_id, damage_id in ((OTHER_COOP, mend.damage_id), (COOP, uuid4()), (COOP, vehicle_id)):
        with pytest.raises(Unknown):
            fleet.mend_damage(MendDamage(coop_id=coop_id, damage_id=damage_id), asked())


def test_asked_twice_it_is_mended_once(fleet: Fleet) -> None:
    (_, mend), asking = scratched(fleet), asked()
    assert fleet.mend_damage(mend, asking) == fleet.mend_damage(mend, asking)
    assert not fleet.mend_damage(mend, asked()).changed


def test_two_who_mend_at_once_mend_one_damage(fleet: Fleet) -> None:
    _, mend = scratched(fleet)
    answers = at_once(*(partial(fleet.mend_damage, mend, asking) for asking in (asked(), asked(by=KARIM))))
    assert sorted(answer.changed for answer in answers) == [False, True]
