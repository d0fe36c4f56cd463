"""What a terminal shows: findings, the state of a project, an answer; the same as JSON for programs."""
