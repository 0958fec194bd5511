"""Makes the sample documents of corpus/ and their gold records from the marked sources in corpus/sources."""
