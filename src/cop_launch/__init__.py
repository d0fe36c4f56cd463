"""coplaunch takes a community of practice from a hunch to a launched, measured community."""

__version__ = "0.1.0"
