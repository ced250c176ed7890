"""How processes that wait for work hear that there is some."""
