"""Fresh clone, empty environment, documented commands, first green test: what a newcomer meets, and why.

The only room in which anything of a repository is run.
"""
