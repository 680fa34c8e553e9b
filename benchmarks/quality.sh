#!/usr/bin/env bash
# Trains charrnn and PyTorch for the same minutes on a text, in sequence, and prints the loss on its last tenth by minute.
#
#   benchmarks/quality.sh TEXT [MINUTES]     15 minutes each by default
#
#   PROFILE  the profile of charrnn (default: best)
#   OPTIONS  further options of charrnn train (default: "--dropout 0.4", which is better than that of the profile in 15 minutes)
#   PEERS    the peers (default: "gru lstm", torch.nn.GRU and torch.nn.LSTM; empty for none)
#   THREADS  the number of threads of each program (default: all processors)
#   PYTHON   a python3 with torch (default: the first of python3 on the PATH and /usr/bin/python3 that has it)
#   RUNS     a file that receives every measurement as a line of JSON
#
# Both count everything as time: reading the text, measuring the speed, measuring the held-out text. Leave the machine
# otherwise idle. The recipe of the peers is in quality_torch.py, whose options change it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ $# -ge 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
text=$1
minutes=${2:-15}
threads=${THREADS:-$(nproc)}
peers=${PEERS-gru lstm}
lines=${RUNS:-$(mktemp)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"; [ -n "${RUNS:-}" ] || rm -f "$lines"' EXIT
: >"$lines"

python=${PYTHON:-}
for candidate in python3 /usr/bin/python3; do
  [ -n "$python" ] && break
  "$candidate" -c 'import torch' 2>/dev/null && python=$candidate
done
if [ -z "$python" ] && [ -n "$peers" ]; then
  echo "quality.sh: no python3 with torch; measuring charrnn alone. Set PYTHON to one that has it." >&2
  peers=
fi
python=${python:-python3}
if [ -n "$peers" ] && ! "$python" "$root/benchmarks/torch_blas.py" >&2; then
  peers=
fi
"$root/bin/charrnn" --version >&2

# Stamps the measurements that charrnn prints on standard error with the seconds since its start.
"$python" - "$root/bin/charrnn" "$text" "$folder/model.ckpt" "$minutes" "$threads" "${PROFILE:-best}" "${OPTIONS---dropout 0.4}" <<'OURS' | tee -a "$lines" >&2
import json, re, subprocess, sys, time
program, text, model, minutes, threads, profile, options = sys.argv[1:]
start = time.monotonic()
process = subprocess.Popen(
    [program, "train", text, "--out", model, "--profile", profile, "--budget", f"{round(60 * float(minutes))}s", "--threads", threads,
     "--validation", "0.1", "--test", "0", *options.split()], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")
lines = []
for line in process.stderr:
    lines.append(line)
    found = re.search(r"held out: ([0-9.]+) nats|the last model, of step \d+, has ([0-9.]+) nats", line)
    if found:
        nats = float(found.group(1) or found.group(2))
        print(json.dumps({"program": "charrnn", "seconds": round(time.monotonic() - start, 1), "nats": nats}), flush=True)
if process.wait() != 0:
    sys.exit("".join(lines))
OURS
for cell in $peers; do
  "$python" "$root/benchmarks/quality_torch.py" "$text" --cell "$cell" --minutes "$minutes" --threads "$threads" |
    tee -a "$lines" >&2
done

"$python" - "$lines" "$minutes" <<'TABLE'
import json, math, sys
runs = {}
for line in open(sys.argv[1]):
    run = json.loads(line)
    runs.setdefault(run["program"], []).append((run["seconds"], run["nats"]))
print("| minute | " + " | ".join(runs) + " |")
print("|---" * (len(runs) + 1) + "|")
last = math.ceil(max(seconds for measured in runs.values() for seconds, _ in measured) / 60)
shown = dict.fromkeys(runs, "")
for minute in range(1, last + 1):
    before = dict(shown)
    for program, measured in runs.items():
        for seconds, nats in measured:
            if seconds <= 60 * minute + 5:  # a measurement that was due in this minute ends a little later
                shown[program] = f"{nats:.3f}"
    print(f"| {minute} | " + " | ".join(shown.values()) + " |")
TABLE
