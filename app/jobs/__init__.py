"""What every kind of job shares, below the store and the features."""
