"""Generates the types of the clients in clients/, and installs the generators that tests try on the document."""
