"""Measurements: `make bench` (`python -m tests.bench`). Every figure is a ratio to a floor timed in the same run."""
