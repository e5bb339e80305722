"""Every way in, read from the tables of the front door itself, so that a new route is tested by being there."""

from typing import NamedTuple
from uuid import UUID

from api import places
from api.web.access import name_of
from api.web.routes import Route, every_route, path_fields


class Way(NamedTuple):
    """A route, with the names of its ids and who may use it."""

    route: Route

    @property
    def method(self) -> str:
        """Its method."""
        return self.route.method

    @property
    def path(self) -> str:
        """Its path, with the names of its ids."""
        return self.route.path

    @property
    def name(self) -> str:
        """Its name, after its place."""
        return self.route.name

    @property
    def who(self) -> str:
        """The name of who may: a standing, or a right."""
        return name_of(self.route.who)

    @property
    def fields(self) -> list[str]:
        """The names of the ids in its path."""
        return path_fields(self.path)

    @property
    def is_api(self) -> bool:
        """Whether it is for programs."""
        return self.path.startswith("/api/")

    def to(self, ids: dict[str, str]) -> str:
        """Return the address with these ids; an id nobody has where none is given."""
        parts = self.path.split("/")
        names = (part.strip("{}").split(":")[0] if part.startswith("{") else None for part in parts)
        return "/".join(
            ids.get(name, str(UUID(int=404))) if name else part for name, part in zip(names, parts, strict=True)
        )


WAYS = [Way(route) for route in every_route(places)]
