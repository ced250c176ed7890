"""Programs for people who work on Loracle. Not part of the package."""
