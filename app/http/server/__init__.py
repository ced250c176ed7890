"""The HTTP server below the application: its address, its connections, how it starts and stops."""
