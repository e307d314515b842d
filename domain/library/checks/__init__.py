"""What is wrong with a library file; one module a kind of check, lint.py runs them all."""
