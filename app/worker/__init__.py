"""Workers: claim jobs, run them, record how they ended."""
