"""The terminal console of an ombudsman desk: a pure domain, the desk's verbs, a store, two thin faces."""

__version__ = "0.1.0"
