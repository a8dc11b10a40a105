"""What each output must say, as functions of the log's state at one sequence number."""
