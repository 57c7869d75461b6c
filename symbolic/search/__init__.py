"""Finds derivations, by any means: nobody trusts it, the kernel is given what it finds."""
