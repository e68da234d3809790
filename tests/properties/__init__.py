"""Laws of the language: what queries give, next to what a plain model says."""
