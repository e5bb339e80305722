"""`make bench`: every figure on both databases, into docs/bench.md. About fifteen minutes."""

import argparse
import sys
import tempfile
from uuid import uuid4

from api.site import Site
from demo.build import build
from governance.queries import every_coop, members_of
from people.sign_in import open_session
from tests.bench.communes import measure_communes
from tests.bench.figures import Figure, write_down
from tests.bench.holds import measure_holds
from tests.bench.lag import measure_lag
from tests.bench.pages import measure_country, measure_page
from tests.bench.phone import measure_first_view, measure_memory
from tests.bench.replay import measure_longest, measure_rebuild
from tests.bench.world import settings
from tests.bench.writes import measure_writes
from tests.kit.databases import prepared
from tests.kit.servers import create_database, postgres_server


def main() -> int:
    """Measure everything; return 0 whether the bars are reached or not, for a figure is not a test."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--bookings", type=int, default=1_700_000, help="how many in the country's read model")
    parser.add_argument("--vehicles", type=int, default=12_000)
    chosen = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        server = postgres_server(durable=True)

        def fresh(database: str) -> str:
            if database == "SQLite":
                return prepared(f"sqlite:///{folder}/{uuid4().hex}.db")
            name = f"bench_{uuid4().hex}"
            return prepared(create_database(server, name).render_as_string(hide_password=False))

        for database in ("SQLite", "PostgreSQL"):
            figures += _printed(measure_writes(database, fresh(database)))
            figures += _printed(measure_page(database, fresh(database)))
            figures += _printed(measure_lag(database, fresh(database)))
            figures += _printed(measure_holds(database, fresh(database)))
            figures += _printed(_demo(database, fresh(database)))
        figures += _printed(measure_communes())
        figures += _printed(measure_country("PostgreSQL", fresh("PostgreSQL"), chosen.vehicles, chosen.bookings))
    sys.stdout.write(write_down("The product", figures))
    return 0


def _demo(database: str, url: str) -> list[Figure]:
    site = Site(settings(url))
    build(site)
    with site.reading() as connection:
        coop_id = every_coop(connection)[0].coop_id
        person_id = next(row.person_id for row in members_of(connection, coop_id, site.clock()) if row.person_id)
    with site.writing() as connection:
        token = open_session(connection, person_id, uuid4(), "bench", site.clock())
    site.engine.dispose()
    path, cookies = f"/coops/{coop_id}/", {"session": token}
    return [
        *measure_longest(database, url),
        *measure_rebuild(database, url),
        *measure_first_view(database, url, path, cookies),
        *measure_memory(database, url, path, cookies),
    ]


def _printed(figures: list[Figure]) -> list[Figure]:
    for figure in figures:
        sys.stderr.write(f"{figure.database}: {figure.what}: {figure.measured} ({figure.ratio:.2f})\n")
    return figures


if __name__ == "__main__":
    sys.exit(main())
