"""The worker loop, which runs the background jobs of every feature, and the exceptions that end a job early."""
