"""Every fault, where it is made, and how often."""

from collections.abc import Callable
from typing import NamedTuple

from tests.faults import clocks, damage, killing, memory, revoking, storage, strangers, tabs, typing_on
from tests.faults.outcome import Outcome
from tests.faults.stage import KINDS, Kind, Stage

SQLITE: tuple[Kind, ...] = ("sqlite",)
POSTGRESQL: tuple[Kind, ...] = ("postgresql",)


class Fault(NamedTuple):
    """A way to break things. `tested` is on which databases every test run tries it.

    `per` is how many rounds of a process killed go with one round of this: somebody has to type.
    """

    run: Callable[[Stage, Kind, int], Outcome]
    kinds: tuple[Kind, ...] = KINDS
    tested: tuple[Kind, ...] = KINDS
    per: int = 20

    @property
    def name(self) -> str:
        return self.run.__name__

    def rounds(self, asked: int) -> int:
        """How often, if a process is to be killed so often."""
        return -(-asked // self.per)


FAULTS = (
    Fault(killing.killed_mid_save, per=1),
    Fault(killing.killed_at_a_point, per=1),
    Fault(killing.database_full, per=2),
    Fault(killing.database_restarted, POSTGRESQL, POSTGRESQL, per=2),
    Fault(killing.backend_killed, POSTGRESQL, POSTGRESQL, per=2),
    Fault(damage.page_overwritten, SQLITE, SQLITE, per=1),
    Fault(damage.row_corrupted, tested=POSTGRESQL),
    Fault(damage.another_secret, tested=SQLITE, per=100),
    Fault(typing_on.killed_while_typing, tested=SQLITE),
    Fault(typing_on.network_offline, tested=POSTGRESQL),
    Fault(typing_on.network_stalled, tested=POSTGRESQL),
    Fault(typing_on.network_cut, tested=SQLITE),
    Fault(typing_on.push_halved, tested=POSTGRESQL),
    Fault(typing_on.answer_halved, tested=SQLITE),
    Fault(tabs.refreshed, tested=SQLITE),
    Fault(tabs.tab_closed, tested=POSTGRESQL),
    Fault(tabs.two_tabs, tested=SQLITE),
    Fault(tabs.sign_in_ended, tested=POSTGRESQL),
    Fault(storage.locked_shortly, tested=SQLITE),
    Fault(storage.locked_long, tested=(), per=200),
    Fault(storage.disk_full, tested=SQLITE),
    Fault(storage.database_gone, SQLITE, SQLITE),
    Fault(storage.database_stopped, POSTGRESQL, POSTGRESQL),
    Fault(storage.database_hangs, POSTGRESQL, POSTGRESQL),
    Fault(clocks.server_clock_a_day_back, tested=POSTGRESQL),
    Fault(clocks.unusual_zones, tested=SQLITE, per=100),
    Fault(strangers.session_stolen, tested=POSTGRESQL),
    Fault(revoking.revoked_interrupted, per=1),
    Fault(revoking.keys_interrupted, per=1),
    Fault(revoking.granting_interrupted, per=1),
    Fault(memory.gone_after_idleness, tested=SQLITE, per=100),
)
