"""The pure part: values, rules, calendars, clocks. No I/O, no clock, no randomness."""
