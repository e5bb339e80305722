"""What programs are answered there: whole francs, in every amount."""

from typing import Any

import pytest

from tests.kit.village import COOP, Village
from tests.places.francs.noumea import BIKE, noumea


def test_a_co_op_counts_in_what_its_commune_pays_with(village: Village) -> None:
    started = noumea(village)
    assert started.ask("Sacha", "")["currency"] == "XPF"
    assert started.ask("Sacha", "")["time_zone"] == "Pacific/Noumea"
    assert village.as_("Claire").api("GET", f"/coops/{COOP}").json()["currency"] == "EUR"


def test_its_rules_begin_with_plain_amounts_in_whole_francs(village: Village) -> None:
    started = noumea(village)
    rules = {rule["parameter"]: rule for rule in started.ask("Olga", "/rules")}
    found = {
        key: rules[key]["value"] for key in ("price_per_km", "balance_limit", "settlement_floor", "steward_spend_limit")
    }
    assert found == {
        "price_per_km": "35",
        "balance_limit": "-18000",
        "settlement_floor": "100",
        "steward_spend_limit": "18000",
    }
    assert {rule["currency"] for rule in rules.values()} == {"XPF"}


@pytest.mark.parametrize(
    ("value", "code"),
    [("0.35", "out-of-bounds"), ("86", "out-of-bounds"), ("35.555", "not-a-value"), ("40.5", None)],
)
def test_a_price_is_voted_within_bounds_in_francs(village: Village, value: str, code: str | None) -> None:
    started = noumea(village)
    body = {"parameter": "price_per_km", "value": value, "effective_from": "2027-01-01", "rationale": "Le vélo s'use."}
    seen = village.as_("Olga").api("POST", f"{started.here}/proposals", body)
    assert (seen.status, seen.code if code else None) == ((409, code) if code else (201, None))


def test_the_bounds_of_every_rule_are_told_in_a_currency(village: Village) -> None:
    rules = village.anyone().api("GET", "/rules?currency=XPF").json()
    bounds = {rule["key"]: (rule["unit"], rule["low"], rule["high"]) for rule in rules}
    assert bounds["price_per_km"] == ("XPF/km", "10", "85")
    assert bounds["steward_spend_limit"] == ("XPF", "0", "120000000")
    assert bounds["max_duration_hours"] == ("h", "1", "720")
    assert village.anyone().api("GET", "/rules?currency=TND").status == 422


def test_no_first_price_is_finer_than_two_decimals_of_a_franc(village: Village) -> None:
    started = noumea(village)
    body = BIKE | {"price": {"per_km": "35.555"}}
    assert village.as_("Sacha").api("POST", f"{started.here}/vehicles", body).code == "not-a-value"


def test_a_trip_costs_whole_francs(village: Village) -> None:
    started = noumea(village)
    booking = started.drive("Olga", 7)  # 7 km at 35.50 F are 248.5 F: a half goes up, as on an invoice
    balance = started.ask("Olga", "/balance")
    assert (balance["cents"], balance["currency"]) == (-249, "XPF")
    (line,) = started.ask("Olga", "/lines")["items"]
    assert (line["cents"], line["currency"], line["because"]["exact_cents"]) == (-249, "XPF", "497/2")
    assert line["because"]["rate"]["currency"] == "XPF"
    assert started.ask("Olga", f"/bookings/{booking}")["status"] == "over"


def test_energy_is_paid_in_francs(village: Village) -> None:
    started = noumea(village)
    period = {"start": village.now.isoformat(), "end": "2026-11-02T10:00:00Z"}
    booking = started.do("Olga", "/bookings", {"vehicle_id": started.bike, "period": period})
    started.do("Olga", f"/bookings/{booking}/keys", {"odometer_km": 0, "level_percent": 80})
    village.pass_time(hours=1)
    back: dict[str, Any] = {"odometer_km": 7, "level_percent": 60}
    path = f"{started.here}/bookings/{booking}/return"
    for paid in ({"cents": 1500, "currency": "EUR"}, {"cents": 120_001, "currency": "XPF"}):
        assert village.as_("Olga").api("POST", path, back | {"energy_paid": paid}).code == "unlikely-amount"
    started.do("Olga", f"/bookings/{booking}/return", back | {"energy_paid": {"cents": 1500, "currency": "XPF"}})
    assert started.ask("Olga", "/balance")["cents"] == 1500 - 249


def test_an_expense_of_1_500_francs_is_borne_by_halves(village: Village) -> None:
    started = noumea(village)
    expense = started.do("Sacha", "/expenses", started.expense(1500))
    shown = started.ask("Olga", f"/expenses/{expense}")
    assert (shown["cents"], shown["currency"], shown["waiting"]) == (1500, "XPF", False)
    (burden,) = started.ask("Olga", "/burdens")
    assert (burden["cents"], burden["whole_cents"], burden["currency"]) == (750, 1500, "XPF")
    balances = started.ask("Olga", "/balances")["items"]
    assert {(row["cents"], row["currency"]) for row in balances} == {(750, "XPF"), (-750, "XPF"), (0, "XPF")}


def test_what_needs_a_yes_and_what_looks_odd_follow_the_currency(village: Village) -> None:
    """150 € are 18,000 F where an expense needs a yes, 1,000 € 120,000 F where it is read back."""
    started = noumea(village)
    for cents, waits in ((18_000, False), (18_001, True)):
        made = started.do("Sacha", "/expenses", started.expense(cents))
        assert started.ask("Olga", f"/expenses/{made}")["waiting"] is waits
    started.do("Sacha", "/expenses", started.expense(120_000))
    over = village.as_("Sacha").api("POST", f"{started.here}/expenses", started.expense(120_001))
    assert (over.status, over.code) == (409, "unlikely")
    assert "CFPF120,001" in over.json()["detail"]
    assert "CFPF120,000" in over.json()["detail"]


def test_a_plan_asks_for_no_transfer_under_100_francs(village: Village) -> None:
    started = noumea(village)
    started.do("Sacha", "/expenses", started.expense(198))
    body = {"as_of": "2026-11-02"}
    refused = village.as_("Sacha").api("POST", f"{started.here}/plans", body)
    assert (refused.code, "CFPF100" in refused.json()["detail"]) == ("all-carried-over", True)
    started.do("Sacha", "/expenses", started.expense(2))
    plan_id = started.do("Sacha", "/plans", body)
    plan = started.ask("Olga", f"/plans/{plan_id}")
    (transfer,) = plan["transfers"]
    assert (transfer["cents"], transfer["currency"]) == (100, "XPF")
    assert (plan["floor_cents"], plan["currency"]) == (100, "XPF")
    started.do("Sacha", f"/plans/{plan_id}/issue", {})
    here = f"/plans/{plan_id}/transfers/{transfer['line_id']}"
    too_much = village.as_("Olga").api("POST", f"{started.here}{here}/payment", {"cents": 101})
    assert (too_much.code, "CFPF100" in too_much.json()["detail"]) == ("more-than-asked", True)


def test_a_contest_stands_apart_in_francs(village: Village) -> None:
    started = noumea(village)
    expense = started.do("Sacha", "/expenses", started.expense(1500))
    contest = started.do("Olga", f"/burdens/{expense}/contest", {"reason": "Pas moi."})
    shown = started.ask("Sacha", f"/contests/{contest}")
    assert (shown["cents"], shown["currency"]) == (750, "XPF")
    assert started.ask("Olga", "/balance")["apart_cents"] == -750


def test_a_month_of_an_expense_is_whole_francs(village: Village) -> None:
    started = noumea(village)
    started.do("Sacha", "/expenses", started.expense(1000, months=12))
    village.pass_time(days=30)  # of 500 F a twelfth is 41.67, and two of them are 83.33
    lines = started.ask("Olga", "/lines")["items"]
    assert [(line["cents"], line["currency"]) for line in lines] == [(-42, "XPF"), (-41, "XPF")]
