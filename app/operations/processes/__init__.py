"""The processes of the service: which there are, and whether each lives."""
