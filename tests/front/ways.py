"""Every way in, read from the tables of the front door itself, so that a new route is tested by being there."""

from typing import NamedTuple
from uuid import UUID

from api.endpoints import ENDPOINTS
from api.pages import PAGES
from api.web.declared import path_fields
from api.web.who_may import WHO_MAY


class Way(NamedTuple):
    """A route: its method, its path with the names of its ids, its name in the table, who may use it."""

    method: str
    path: str
    name: str
    who: str

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


WAYS = [Way(route.method, route.path, route.name, WHO_MAY[route.name]) for route in (*PAGES, *ENDPOINTS)]
