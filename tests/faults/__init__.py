"""Things that break, and nothing that is lost: servers killed, disks full, networks cut, in rounds that are counted.

`python -m tests.faults --rounds 200` runs every fault on both databases; `pytest tests/faults` a few rounds of each.
What counts as lost is said in `oracle`; what a fault is, in `table`.
"""
