"""The queue of background jobs: what waits, runs and failed, for the operator."""
