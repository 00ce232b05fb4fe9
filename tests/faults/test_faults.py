"""Every fault with a few rounds; `make faults ROUNDS=200` runs the full counts."""

import pytest

from tests.faults.conftest import Perform
from tests.faults.stage import Kind
from tests.faults.table import FAULTS, Fault

ROUNDS = 5
CASES = [
    # Those on one database share its server, so one worker runs them all.
    pytest.param(it, kind, id=f"{it.name}-{kind}", marks=pytest.mark.xdist_group(f"faults-{kind}"))
    for it in FAULTS
    for kind in it.tested
]


@pytest.mark.parametrize(("fault", "kind"), CASES)
def test_no_word_is_lost(perform: Perform, fault: Fault, kind: Kind) -> None:
    outcome = perform(fault, kind, fault.rounds(ROUNDS))
    assert outcome.ok, outcome.line()
    assert outcome.acknowledged > 0
