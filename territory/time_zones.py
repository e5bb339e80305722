"""Which clock a commune lives by: Paris time, except overseas, where each département has its own and some have two.

IANA time zone names; source: the tz database's `zone1970.tab` for FR and the overseas country codes.
"""

PARIS = "Europe/Paris"

BY_DEPARTEMENT = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
    "989": "Etc/GMT+8",
}

_MARQUESAS = ("98718", "98723", "98731", "98746", "98756", "98757")
BY_COMMUNE = {
    **dict.fromkeys(_MARQUESAS, "Pacific/Marquesas"),
    "98413": "Indian/Reunion",  # Crozet keeps Réunion's time, and so do most of the Scattered Islands
    "98414": "Antarctica/DumontDUrville",
    "98415": "Indian/Reunion",
    "98719": "Pacific/Gambier",
}


def time_zone(code: str, departement: str) -> str:
    """Return the IANA time zone of the commune with this INSEE code in this département."""
    return BY_COMMUNE.get(code) or BY_DEPARTEMENT.get(departement, PARIS)
