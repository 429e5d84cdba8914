"""What a forge (GitHub, GitLab, Gitea and those that speak as they do) says of a repository's issues and people."""
