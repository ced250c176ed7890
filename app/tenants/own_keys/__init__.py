"""A tenant's own keys: listed, made and revoked by a key of the tenant, without the operator."""
