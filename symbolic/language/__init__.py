"""What can be said: the notation, the claims, their grammar and how they are typeset."""
