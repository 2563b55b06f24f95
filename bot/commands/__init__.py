"""What the `heard` command does, one module a subject."""
