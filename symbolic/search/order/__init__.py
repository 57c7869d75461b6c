"""Inequalities: tuples of classes, convexity, weights from linear programs, whole sums, rankings."""
