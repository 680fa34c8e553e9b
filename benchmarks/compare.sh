#!/usr/bin/env bash
# Runs ours and PyTorch in turn, A B A B, and prints a Markdown table of ratios.
#
#   benchmarks/compare.sh [CONFIG...]     S, M and L by default
#
#   PYTHON   the python3 that has torch (default: python3)
#   THREADS  the numbers of threads to compare at (default: "1 2")
#   SECONDS_EACH  how long a repetition lasts (default: 2); each run has five
#   ROUNDS   how often each is run (default: 2)
#
# On Debian: apt-get install python3-torch libopenblas0-pthread. Without OpenBLAS that PyTorch is ten times slower.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configs=("$@")
[ ${#configs[@]} -gt 0 ] || configs=(S M L)
python=${PYTHON:-python3}
each=${SECONDS_EACH:-2}
rounds=${ROUNDS:-2}
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

"$python" -c 'import torch' 2>/dev/null || {
  echo "compare.sh: $python has no torch; install python3-torch, or set PYTHON to one that has it." >&2
  exit 1
}

for config in "${configs[@]}"; do
  for threads in ${THREADS:-1 2}; do
    for _ in $(seq "$rounds"); do
      for accelerator in java-vector java; do
        "$root/bin/charrnn" bench --config "$config" --threads "$threads" --accelerator "$accelerator" \
          --seconds "$each" 2>/dev/null | tee -a "$lines" >&2
      done
      for variant in cell gru; do
        "$python" "$root/benchmarks/peer_torch.py" --config "$config" --threads "$threads" --variant "$variant" \
          --seconds "$each" | tee -a "$lines" >&2
      done
    done
  done
done

"$python" - "$lines" <<'TABLE'
import json, statistics, sys
from collections import defaultdict
rates = defaultdict(list)
for line in open(sys.argv[1]):
    run = json.loads(line)
    rates[run["config"], run["threads"], run["accelerator"]].append(run["chars_per_s_median"])
print("| config | threads | best peer, chars/s | java-vector, chars/s | ratio | java, chars/s | ratio |")
print("|---|---|---|---|---|---|---|")
for config, threads in sorted({key[:2] for key in rates}):
    median = {key[2]: statistics.median(values) for key, values in rates.items() if key[:2] == (config, threads)}
    peer, best = max((item for item in median.items() if item[0].startswith("torch")), key=lambda item: item[1])
    cells = []
    for name in ("java-vector", "java"):
        cells += [f"{median[name]:,.0f}", f"{median[name] / best:.2f}"] if name in median else ["", ""]
    print(f"| {config} | {threads} | {best:,.0f} ({peer}) | " + " | ".join(cells) + " |")
TABLE
