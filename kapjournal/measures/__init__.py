"""Check-ins; later questionnaires, scoring, side effects and safety rules."""
