"""How pages look and which words stand around a story: handed in as one frozen Theme value."""
