"""Mail in: from bytes to a ``domain.mail.Mail``, and from files, folders and servers to bytes."""
