"""One run is like the next: fixed random draws, and no deadline that a busy machine would miss.

Draws of another kind: pytest --hypothesis-profile=default
"""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")
