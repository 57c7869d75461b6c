"""Limits: series, dominance, and relations between limits."""
