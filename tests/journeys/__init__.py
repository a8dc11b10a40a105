"""What people do, from the first click to what readers see."""
