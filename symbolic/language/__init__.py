"""What can be said: the notation, the claims, their grammar and how they are typeset.

forms                   the words that can be written, a row each: begin here to add one
words, names            the same words in Python, and which names letters may have
notation, claims        what the words become: SymPy's classes, and the claims made of them
grammar.lark, parser    a line of text to a claim; latex/ does it for LaTeX, reader and elaborate in between
typeset                 claims as plain text, LaTeX, HTML
reference, suggestions  what is shown of the words, and what is said where a line cannot be read
"""
