"""The only writer of a user's files: records as TOML, their journals, the folder that holds them."""
