"""What people see: reasons in words, explanations, notes, figures, the guide, the ledger, the catalogue, the prompt."""
