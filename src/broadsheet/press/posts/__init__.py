"""Posts on networks: decided at an editorial act, carried out by the reconciler."""
