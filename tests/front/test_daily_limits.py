"""Nobody's relay, nobody's disk: whoever does too much of what costs others in a day is told kindly, at both doors."""

from collections import Counter
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from msgspec.structs import replace

from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from people import limits
from tests.front.mailed import known_long
from tests.front.visitor import Visitor, visit
from tests.kit.pictures import NO_PICTURE, jpeg
from tests.kit.races import at_once
from tests.kit.village import COOP, Village
from tests.places.conftest import village, village_rows
from usecases.actor import Actor
from usecases.coming_in.inviting import MailInvitation, mail_invitation

__all__ = ["village", "village_rows"]

MAILED = f"/coops/{COOP}/mailed-invitations"
FEW = 3


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let as little be done as shows the limit: what each is, `tests/people/test_limits.py` tells."""
    monkeypatch.setattr(limits.Limit, "a_person", property(lambda _: FEW))


def invite(visitor: Visitor, number: int) -> int:
    return visitor.api("POST", f"/api{MAILED}", b'{"email": "someone%d@example.org"}' % number).status_code


def test_invitations_end_for_today_and_go_on_when_it_is_said(village: Village) -> None:
    claire = visit(village, "Claire")
    assert [invite(claire, number) for number in range(FEW)] == [201] * FEW
    village.clock.now += timedelta(hours=14)
    refused = claire.api("POST", f"/api{MAILED}", b'{"email": "one.more@example.org"}')
    assert (refused.status_code, refused.headers["retry-after"]) == (429, str(10 * 3600))
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "/api/problems/too-many-invitations"
    form = village.as_("Claire").post(MAILED, email="one.more@example.org")
    assert (form.status, form.headers["retry-after"]) == (429, str(10 * 3600))
    said = "That makes 3 invitations within a day, and no more can leave. The next one can leave tomorrow 9 am."
    assert said in form.text
    assert 'value="one.more@example.org"' in form.html
    assert len([letter for letter in village.letters() if "/invitations/" in letter.body]) == FEW
    village.clock.now += timedelta(hours=10)
    assert invite(claire, FEW) == 201


def test_an_invitation_sent_again_by_mistake_counts_once(village: Village) -> None:
    claire, key = visit(village, "Claire"), str(uuid4())
    body = b'{"email": "jules@example.org"}'
    answers = [claire.api("POST", f"/api{MAILED}", body, idempotency_key=key).status_code for _ in range(FEW + 2)]
    assert answers == [201] * (FEW + 2)
    assert invite(claire, 1) == 201


def test_invitations_count_whoever_brings_them(village: Village) -> None:
    claire = visit(village, "Claire")
    by_hand = [claire.api("POST", f"/api/coops/{COOP}/invitations", b'{"kind": "mail"}') for _ in range(FEW + 1)]
    assert [each.status_code for each in by_hand] == [201] * FEW + [429]
    assert invite(claire, 1) == 429


def test_invitations_are_counted_however_many_are_sent_at_once(village: Village) -> None:
    def send(number: int) -> str:
        with village.site.reading() as connection:
            known = Actor.signed_in(
                village.site.history, connection, village.now, token=village.as_("Claire").token, coop_id=COOP
            )
            command = MailInvitation(coop_id=COOP, email=f"someone{number}@example.org")
            try:
                mail_invitation(replace(known), command, village.asked("Claire"))
            except limits.TooManyInvitations:
                return "refused"
            return "sent"

    assert village.as_("Claire").token
    assert Counter(at_once(*(partial(send, number) for number in range(8)))) == {"sent": FEW, "refused": 8 - FEW}


def test_a_new_address_is_asked_for_a_neighbour_few_times_in_a_day(village: Village) -> None:
    known_long(village)
    claire, nadia = visit(village, "Claire"), f"/api/coops/{COOP}/members/{village.member('Nadia')}"
    asked = [
        claire.api("POST", f"{nadia}/recovery", b'{"email": "nadia%d@example.org"}' % way) for way in range(FEW + 1)
    ]
    assert [answer.status_code for answer in asked] == [201] * FEW + [429]
    assert asked[-1].json()["type"] == "/api/problems/too-many-recoveries"


def test_one_person_starts_few_co_ops_in_a_day(village: Village) -> None:
    sacha = visit(village, "Sacha")
    body = b'{"name": "Encore", "commune_code": "26113", "charter_version": "%s"}' % CHARTER_VERSION.encode()
    started = [sacha.api("POST", "/api/coops", body).status_code for _ in range(FEW + 1)]
    assert started == [201] * FEW + [429]


def test_a_co_op_takes_few_newcomers_in_a_day(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.Limit, "a_coop", property(lambda _: 1))
    acceptance = f"/invitations/{village.invitation(InvitationKind.POSTER)}/acceptance"
    assert village.as_("Sacha").post(acceptance, charter="yes").status == 200
    refused = village.as_("Olga").post(acceptance, charter="yes")
    assert refused.status == 429
    assert "1 people have joined within a day, and no more can for now. Try again tomorrow 9 am" in refused.text
    village.clock.now += timedelta(days=1)
    assert village.as_("Olga").post(acceptance, charter="yes").status == 200


def test_the_megabytes_of_photos_are_counted_as_they_were_sent(village: Village) -> None:
    nadia, padding = visit(village, "Nadia"), bytes(2_000_001)
    sent = [nadia.api("POST", f"/api/coops/{COOP}/photos", content) for content in (jpeg() + padding, jpeg())]
    assert [each.status_code for each in sent] == [201, 429]
    assert sent[-1].json()["type"] == "/api/problems/too-large-photos"


def test_photos_are_counted_whether_they_are_any_or_not(village: Village) -> None:
    nadia = visit(village, "Nadia")
    sent = [nadia.api("POST", f"/api/coops/{COOP}/photos", content) for content in (jpeg(), NO_PICTURE, jpeg(), jpeg())]
    assert [each.status_code for each in sent] == [201, 409, 201, 429]
    assert sent[-1].headers["retry-after"] == str(24 * 3600)
    form = village.as_("Nadia").post(f"/coops/{COOP}/expenses", {"receipt": jpeg()}, amount="12")
    assert form.status == 429
    assert "and no more can be kept. The next one can be sent tomorrow 9 am." in form.text
    assert 'value="12"' in form.html


def test_proposals_that_write_to_everyone_are_few_in_a_day(village: Village) -> None:
    nadia = visit(village, "Nadia")
    prices = ("0.31", "0.32", "0.33", "0.34")
    body = '{"parameter": "price_per_km", "value": "%s", "effective_from": "2027-01-01", "rationale": "Plus cher."}'
    sent = [nadia.api("POST", f"/api/coops/{COOP}/proposals", (body % price).encode()) for price in prices]
    assert sent[-1].status_code == 429, [each.text for each in sent]
