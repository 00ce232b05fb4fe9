"""The Streamlit options that safety and speed rest on, and the check that they are in force.

They are set in `.streamlit/config.toml` beside `app.py`; a flag, another file or a newer Streamlit may
undo them silently. The launcher refuses to start then. `app.py` cannot import this package, so under
plain `streamlit run` and on Community Cloud nothing checks them.
"""

import json
from collections.abc import Mapping

from streamlit import config

from kapjournal.errors import SettingsRefused

REQUIRED: Mapping[str, object] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.showSidebarNavigation": False,
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "server.baseUrlPath": "",
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableWebsocketCompression": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 1,
    "server.scriptHealthCheckEnabled": False,
}


def check_options() -> None:
    """Raise SettingsRefused naming every required option that is not in force, and how to set it."""
    found = {key: config.get_option(key) for key in REQUIRED}
    problems = [_problem(key, found[key]) for key in REQUIRED if found[key] != REQUIRED[key]]
    if problems:
        raise SettingsRefused("\n".join(problems))


def _problem(key: str, found: object) -> str:
    section, name = key.split(".")
    wanted = json.dumps(REQUIRED[key])
    return (
        f"Streamlit's option {key} is {json.dumps(found, default=str)} and must be {wanted}. "
        f"In .streamlit/config.toml beside app.py, under [{section}], write: {name} = {wanted}"
    )
