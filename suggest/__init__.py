"""Which indicator fits this project: segmentation, index, context and ranking. Depends on domain, never on tui."""
