"""How a corpus grows: generated corpora in, the times of loading and of questions on both databases out."""
