"""The launcher: Streamlit behind a front door that answers few addresses and nobody else's page.

`serve` runs the application until it is told to stop; `asgi` is the same application without a socket,
for a host that brings its own server. This is the only package of `kapjournal` that imports Streamlit.
"""

from kapjournal.serving.routes import asgi
from kapjournal.serving.server import serve

__all__ = ["asgi", "serve"]
