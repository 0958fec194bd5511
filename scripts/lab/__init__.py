"""The scan laboratory: documents of the corpus printed in several fonts and worn, with exact truth."""
