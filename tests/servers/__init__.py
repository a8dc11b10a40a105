"""Real servers for tests: each started in a temporary folder, on a free loopback port."""
