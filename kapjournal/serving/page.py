"""The one HTML document every page starts from: Streamlit's own, with our name, icons and colours.

The rewriting is strict: if a newer Streamlit ships another document, the launcher refuses to start
instead of serving half of what was meant. The content security policy allows exactly the inline
scripts of the rewritten document, by hash.
"""

import base64
import hashlib
import re
from pathlib import Path

from kapjournal.errors import SettingsRefused

OURS = Path(__file__).parent / "static"
PAGE_FOLDERS = ("account", "patient", "therapist")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def front_page(streamlits: str) -> str:
    """Our document, made from the text of Streamlit's `index.html`. Raises SettingsRefused."""
    page = _replace(streamlits, r"<title>.*?</title>", (OURS / "head.html").read_text("utf-8").strip())
    page = _replace(page, r"<noscript>.*?</noscript>", (OURS / "noscript.html").read_text("utf-8").strip())
    # `shortcut icon` is the element Streamlit points to another host when a page has a material icon.
    page = _replace(page, r'<link rel="shortcut icon"[^>]*>', "")
    page = _replace(page, r'<link rel="service-desc"[^>]*>', "")
    return re.sub(r"<!--.*?-->\s*", "", page, flags=re.DOTALL)


def content_security_policy(page: str) -> str:
    """The policy under which this document, Plotly and our own components run, and nothing else."""
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in _INLINE_SCRIPT.findall(page))
    return "; ".join(
        (
            "default-src 'none'",
            # Streamlit imports our components' scripts from blob: addresses; only script makes those.
            f"script-src 'self' blob: {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "media-src 'self' blob:",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-src 'none'",
            "frame-ancestors 'self'",
        )
    )


def page_paths(app_script: Path) -> list[str]:
    """`/` and the path of every page file, which is its stem, in order. Other paths do not exist."""
    folders = (app_script.parent / "pages" / name for name in PAGE_FOLDERS)
    stems = {file.stem for folder in folders for file in folder.glob("*.py")} - {"__init__"}
    return ["/", *(f"/{stem}" for stem in sorted(stems))]


def _replace(page: str, pattern: str, replacement: str) -> str:
    replaced, count = re.subn(pattern, lambda _: replacement, page, flags=re.DOTALL)
    if count != 1:
        raise SettingsRefused(
            f"Streamlit's index.html has {count} places like {pattern} where one is expected. "
            "Install the version of Streamlit that requirements.txt names."
        )
    return replaced


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
