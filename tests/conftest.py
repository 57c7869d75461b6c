"""One run is like the next: fixed random draws, and no deadline that a busy machine would miss.

Draws of another kind: pytest --hypothesis-profile=default
"""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="module", autouse=True)
def _what_is_kept_is_not_looked_through_again() -> Iterator[None]:
    """Tables grow from module to module; to look for garbage in all of them takes seconds, and comes at any time."""
    yield
    gc.collect()
    gc.freeze()
