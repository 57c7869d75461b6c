"""The independent judge: exact values at points by plain loops, and counterexamples.

It shares no code with the kernel and the search.
"""
