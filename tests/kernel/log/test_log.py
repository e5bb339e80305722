"""The recorder test cases that the event store library ships, on both databases."""

import gc

import pytest
from eventsourcing.tests.persistence import ApplicationRecorderTestCase, NonInterleavingNotificationIDsBaseCase
from sqlalchemy import Engine

from kernel.log.recorder import Log


class Shipped(ApplicationRecorderTestCase[Log], NonInterleavingNotificationIDsBaseCase):
    __test__ = False  # run below, once for each database

    def __init__(self, engine: Engine) -> None:
        super().__init__("test")
        self.engine = engine

    def create_recorder(self) -> Log:
        return Log(self.engine)


SHIPPED = [
    name for name in dir(Shipped) if name.startswith("test") and "performance" not in name and "throughput" not in name
]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_librarys_own_recorder_tests_pass(name: str, engine: Engine) -> None:
    getattr(Shipped(engine), name)()
    gc.collect()  # the connections its threads leave behind go now, not in the middle of someone else's test
