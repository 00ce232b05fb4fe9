"""Accounts, sign-in, recovery, devices, preferences."""
