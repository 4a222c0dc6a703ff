"""What `benchmarks/run.py` measures, how, and what has to come out."""
