"""How matrix products are run on this machine: precisions and packed weights. Stand-alone."""
