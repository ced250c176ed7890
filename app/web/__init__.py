"""Pages served to browsers, with all their assets: nothing is loaded from elsewhere."""
