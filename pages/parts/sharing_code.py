"""The address that a therapist's QR code holds: the page of this server where a patient begins to share."""

from urllib.parse import urlencode, urlsplit

import streamlit as st


def address(code: str) -> str:
    """Where a patient who scans the code is led; "" if the browser has not said where this server is."""
    here = urlsplit(st.context.url or "")
    if not here.netloc:
        return ""
    return f"{here.scheme}://{here.netloc}/share_add?{urlencode({'code': code})}"
