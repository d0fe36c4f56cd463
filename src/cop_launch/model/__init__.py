"""The nouns: what a project file can say. Every answer is optional until a gate asks for it."""
