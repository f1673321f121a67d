"""What fills the terminal: the queue, a ticket, composing, escalations, and the small ones that ask."""
