"""The audit log: read by tenants and the operator, exported, and kept for as long as a setting says."""
