"""How matrix products are run on this machine: precisions, packed weights and thread counts. Stand-alone."""
