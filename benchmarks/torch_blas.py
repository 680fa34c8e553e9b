#!/usr/bin/env python3
"""Whether PyTorch multiplies matrices with an optimized library; exits with 1 and a message if not.

Debian's python3-torch uses whatever libblas.so.3 there is. Without libopenblas0-pthread that is the reference BLAS, which is
twenty times slower, so a comparison with it would say nothing.
"""
import sys
import time

import torch

MIN_GFLOPS = 10  # of one thread; optimized libraries reach several times as many, the reference BLAS fewer
SIZE = 512

torch.set_num_threads(1)
a, b = torch.rand(SIZE, SIZE), torch.rand(SIZE, SIZE)
best = 0.0
for _ in range(7):
    start = time.perf_counter()
    torch.mm(a, b)
    best = max(best, 2 * SIZE**3 / (time.perf_counter() - start) / 1e9)
if best < MIN_GFLOPS:
    print(f"PyTorch {torch.__version__} has no optimized BLAS: it multiplies at {best:.1f} GFLOP/s. It is left out."
          " On Debian: apt-get install libopenblas0-pthread.")
    sys.exit(1)
