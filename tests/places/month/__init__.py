"""The co-op's first month by programs alone, a chapter a file; a chapter begins where the one before ended."""

from pathlib import Path

import pytest

pytest.register_assert_rewrite(*(f"{__name__}.{module.stem}" for module in Path(__file__).parent.glob("[a-z]*.py")))
