"""What people see: reasons in words, explanations, notes, figures, the guide, the ledger, the catalogue, the prompt.

figures       a figure is a function here       verdict_notes  what stands under a verdict
reasons       the words of a reason             exercises      shows answers; the exercises are in symbolic/course
"""
