"""The house rules as booking knows them: numbers the members voted, with their units."""

import msgspec


class Rules(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The rules for bookings of one vehicle, all in whole units named by the field.

    They stand inside a stored event. The rules of the first catalogue have no default: every co-op adopted them. A rule
    added later takes the catalogue's own default, so that what was stored without it reads as nothing changed.
    """

    min_duration_minutes: int
    max_duration_hours: int
    min_notice_hours: int
    advance_horizon_days: int
    max_active_bookings: int
    buffer_minutes: int
    early_take_minutes: int
    approval_timeout_hours: int
    cancel_free_hours: int
    suspend_after_days: int = 0
