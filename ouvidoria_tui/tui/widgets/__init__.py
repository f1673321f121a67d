"""The parts of screens. A widget gets values and posts messages; it never reads the store."""
