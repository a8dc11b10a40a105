"""What Wagtail is told of the desk's own pages; newsroom.wagtail_hooks imports this."""
