"""Running docparse over many files: inputs, worker processes, sinks, summaries, and the state of the installation."""
