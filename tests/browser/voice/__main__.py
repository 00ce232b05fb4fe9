"""Serves the page as the product is served, under its content security policy."""

from pathlib import Path

from kapjournal.application import application
from kapjournal.serving import serve

if __name__ == "__main__":
    settings = application().settings
    serve(Path(__file__).with_name("page.py"), host=settings.host, port=settings.port)
