"""A small valid policy text for the tests of this folder."""

MINIMAL = """\
key = "small-desk"
name = "Small desk"
source = "made for a test"
zone = "America/Sao_Paulo"
receivers = ["agent"]

[calendars.desk.week]
mon = [["09:00", "17:00"]]
"""

CLOCK = """
[clocks.first-response]
start = "receipt"
stop = "public-answer"
unit = "business-hours"
amount = 16
"""

DEPARTMENTS = """
[[departments]]
slug = "billing"
name = "Billing"

[[departments]]
slug = "support"
name = "Support"
"""
