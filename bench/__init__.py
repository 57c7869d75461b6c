"""The kernel, for every n, against claims written out at a fixed n in SymPy and in Maxima."""
