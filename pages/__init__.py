"""Screens: everything else that imports Streamlit. See the folders."""
