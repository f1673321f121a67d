"""What a ticket says of the person behind it: whether others may be told who it is, or whether nobody knows."""

from __future__ import annotations

#: On a ticket whose customer has answered whether they may be named to others.
GIVEN, REFUSED = "consent-given", "consent-refused"

#: On a ticket of somebody who gave no name.
ANONYMOUS = "anonymous"
