"""The texts and measures of `scripts/bench` that are about speed: growth with length, and an English peer."""
