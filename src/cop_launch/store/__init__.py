"""Reading and writing a project: its text, its files, its git. The only room that writes in a project."""
