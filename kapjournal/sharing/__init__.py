"""Sharing by choice: codes, links, scopes, grants, digests, revocation, the summary, the access log."""
