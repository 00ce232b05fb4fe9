"""Check-ins, side effects and their safety rules, validated measures with their responses and scores."""
