"""What servers that generate fetch from the service: the files of an adapter version."""
