"""Mail that leaves: the message is built, carried by SMTP or sendmail, and what became of it is recorded."""
