"""Many repositories at once: the manifest of a sprint."""
