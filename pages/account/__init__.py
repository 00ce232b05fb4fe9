"""Screens for everybody: welcome, signing in, settings, Help now."""
