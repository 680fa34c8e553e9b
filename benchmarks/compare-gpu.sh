#!/usr/bin/env bash
# Characters per second in training on a GPU, in plain Java on two threads, and with torch.nn.GRU on the same GPU, and
# prints a Markdown table of ratios.
#
#   TORNADOVM_HOME=/path/to/the/sdk benchmarks/compare-gpu.sh [CONFIG...]     M and L by default
#
#   PYTHON        the python3 that has torch with CUDA (default: python3); without one the last column stays empty
#   TORCH_DEVICE  where torch runs (default: cuda)
#   SECONDS_EACH  how long a repetition lasts (default: 5); each run has a warm-up and five of them
#   ROUNDS        how often each is run, in turn (default: 2)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configs=("$@")
[ ${#configs[@]} -gt 0 ] || configs=(M L)
python=${PYTHON:-python3}
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

[ -r "${TORNADOVM_HOME:-}/tornado-argfile" ] || {
  echo "compare-gpu.sh: set TORNADOVM_HOME to the folder of a TornadoVM SDK; see docs/gpu.md." >&2
  exit 1
}
"$root/bin/charrnn" accelerators >&2 # says which device it is
torch=yes
"$python" -c 'import torch' 2>/dev/null || {
  echo "compare-gpu.sh: $python has no torch; PYTHON can name one that has it. Going on without." >&2
  torch=no
}

for config in "${configs[@]}"; do
  for _ in $(seq "${ROUNDS:-2}"); do
    for accelerator in tornado java-vector java; do
      "$root/bin/charrnn" bench --config "$config" --threads 2 --accelerator "$accelerator" \
        --seconds "${SECONDS_EACH:-5}" | tee -a "$lines" >&2
    done
    if [ $torch = yes ]; then
      "$python" "$root/benchmarks/peer_torch_gpu.py" --config "$config" --device "${TORCH_DEVICE:-cuda}" \
        --seconds "${SECONDS_EACH:-5}" | tee -a "$lines" >&2
    fi
  done
done

"$python" - "$lines" <<'TABLE'
import json, statistics, sys
from collections import defaultdict
rates = defaultdict(list)
for line in open(sys.argv[1]):
    run = json.loads(line)
    kind = "torch" if run["accelerator"].startswith("torch") else run["accelerator"]
    rates[run["config"], kind].append(run["chars_per_s_median"])
print("| config | tornado, chars/s | java-vector | tornado is times that | java | tornado is times that | torch.nn.GRU"
      " | tornado is times that |")
print("|---|---|---|---|---|---|---|---|")
for config in sorted({key[0] for key in rates}):
    median = {kind: statistics.median(values) for (of, kind), values in rates.items() if of == config}
    cells = [f"{median['tornado']:,.0f}"]
    for other in ("java-vector", "java", "torch"):
        cells += [f"{median[other]:,.0f}", f"{median['tornado'] / median[other]:.2f}"] if other in median else ["", ""]
    print(f"| {config} | " + " | ".join(cells) + " |")
TABLE
