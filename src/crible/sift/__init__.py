"""The pipeline: take, read, weigh, index; resumable, one coordinator per case."""
