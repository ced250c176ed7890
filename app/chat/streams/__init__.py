"""Streamed answers that go on without their client for a while: resumed, stopped, kept."""
