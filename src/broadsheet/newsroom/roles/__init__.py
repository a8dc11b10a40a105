"""Who may do what at the desk: roles and rights as data, given to people by section or for all."""
