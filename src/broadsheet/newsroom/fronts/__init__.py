"""Where editors arrange front pages by hand, see them before readers do, and publish them."""
