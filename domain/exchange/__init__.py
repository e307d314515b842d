"""One module per file format: reading forms from outside and writing them for others."""
