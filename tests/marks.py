"""What a test needs that a machine may not have."""

import pytest

from symbolic.coq import coqc

needs_coq = pytest.mark.skipif(
    not coqc.installed(), reason="the proofs were NOT checked: Coq is not installed (make coq)"
)
