"""Tests mirror app/; journeys/ run the whole service on the real starter models."""
