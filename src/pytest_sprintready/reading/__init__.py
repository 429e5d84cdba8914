"""What a repository's files say: text in, values out. Nothing here opens a file or runs anything."""
