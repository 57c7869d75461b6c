"""Normal forms that learn: equalities, signs and limits for a symbolic number of classes, decided by searching."""
