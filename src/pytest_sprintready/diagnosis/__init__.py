"""From a failure that was seen, and what the repository says, to one cause and one next command."""
