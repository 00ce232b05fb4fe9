"""Screens for patients."""
