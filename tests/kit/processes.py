"""Processes of a test's own, to be raced and killed: forked from one that has the product loaded, each in a moment."""

import multiprocessing
from multiprocessing.context import ForkServerContext

PATIENCE_SECONDS = 60


def forking() -> ForkServerContext:
    """Return what starts such processes; what they run stands at the top of a module."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.server"])  # and with it all of the product
    return context
