"""Screens for therapists."""
