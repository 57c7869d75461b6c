"""What is trusted: deciding equalities, signs and limits for a symbolic number of classes."""
