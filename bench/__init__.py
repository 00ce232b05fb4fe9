"""Where the performance figures come from: `python -m bench`, read docs/performance.md.

Every figure is a ratio to something measured in the same minutes on the same machine, or an absolute bar.
"""
