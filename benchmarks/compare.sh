#!/usr/bin/env bash
# Runs charrnn and its peers alternately and prints a Markdown table of ratios. Takes about a quarter of an hour.
#
#   benchmarks/compare.sh [CONFIG...]     S, M, L and M-generate by default
#
#   THREADS  the numbers of threads (default: "1 2")
#   PYTHON   a python3; its torch and its jax are measured if it has them (default: /usr/bin/python3). A torch without an
#            optimized BLAS is left out: it is twenty times slower
#   CORETYPE the processor type for OpenBLAS, which the peers use. Default: SkylakeX on machines with AVX-512 (on an
#            AMD Zen 5 this is 8 % faster than the choice of OpenBLAS), otherwise the choice of OpenBLAS
#   RUNS     a file that receives every measurement as a line of JSON
#
# The first round measures charrnn and every peer, the second charrnn and the best peer: A B A B. Each measurement warms
# up and then repeats five times; the table shows the medians of both rounds.
#
# On Debian: apt-get install python3-torch libopenblas0-pthread; JAX comes from pip. libtorch comes from Maven Central.
# Leave the machine otherwise idle.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/benchmarks/jdk.sh"
configs=("$@")
[ ${#configs[@]} -gt 0 ] || configs=(S M L M-generate)
python=${PYTHON:-/usr/bin/python3}
[ -x "$python" ] || python=$(command -v python3)
lines=${RUNS:-}
if [ -z "$lines" ]; then
  lines=$(mktemp)
  trap 'rm -f "$lines"' EXIT
fi
: >"$lines"

unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
if [ -n "${CORETYPE:-}" ]; then
  export OPENBLAS_CORETYPE=$CORETYPE
elif grep -q avx512vl /proc/cpuinfo 2>/dev/null; then
  export OPENBLAS_CORETYPE=SkylakeX
fi
export OMP_WAIT_POLICY=PASSIVE

platform=linux-x86_64
[ "$(uname -m)" = x86_64 ] || platform=linux-arm64
(cd "$root" && mvn -q -B -ntp -Dcharrnn.unchecked -Ppeers -Djavacpp.platform=$platform -Dmaven.test.skip=true package -pl benchmarks/peers -am)
"$root/bin/charrnn" --version >&2

peers=(libtorch-cell libtorch-gru)
if "$python" -c 'import torch' 2>/dev/null && "$python" "$root/benchmarks/torch_blas.py" >&2; then
  peers+=(torch-cell torch-gru)
fi
if "$python" -c 'import jax' 2>/dev/null; then
  peers+=(jax-scan)
fi

# The duration of a repetition; a window of L takes longer anyway.
seconds() {
  case $1 in S) echo 0.5 ;; *) echo 0.8 ;; esac
}

# measure PROGRAM CONFIG THREADS: prints a line of JSON
measure() {
  local program=$1 config=${2%-generate} threads=$3 seconds generate=()
  seconds=$(seconds "$config")
  [ "$config" = "$2" ] || generate=(--generate)
  export OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads
  case $program in
    java*)
      "$root/bin/charrnn" bench --config "$config" --threads "$threads" --accelerator "$program" --seconds "$seconds" \
        "${generate[@]}" 2>/dev/null
      ;;
    libtorch-*)
      "$java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC \
        -cp "$root/benchmarks/peers/target/classpath/*:$root/benchmarks/peers/target/*" \
        org.charrnn.benchmarks.Libtorch "$config" "$threads" "${program#libtorch-}" "$seconds" 2>/dev/null
      ;;
    torch-*)
      "$python" "$root/benchmarks/peer_torch.py" --config "$config" --threads "$threads" \
        --variant "${program#torch-}" --seconds "$seconds" "${generate[@]}"
      ;;
    jax-*)
      "$python" "$root/benchmarks/peer_jax.py" --config "$config" --threads "$threads" --seconds "$seconds"
      ;;
  esac | tee -a "$lines" >&2
}

# The first program that uses libtorch extracts its libraries to ~/.javacpp, and sometimes crashes when it loads them.
# The next one finds them there.
OMP_NUM_THREADS=1 "$java" --enable-native-access=ALL-UNNAMED -XX:ErrorFile=/dev/null \
  -cp "$root/benchmarks/peers/target/classpath/*:$root/benchmarks/peers/target/*" \
  org.charrnn.benchmarks.Libtorch S 1 cell 0.1 >/dev/null 2>&1 || true

# best CONFIG THREADS: the fastest peer so far
best() {
  "$python" - "$lines" "$1" "$2" <<'BEST'
import json, sys
runs = [json.loads(line) for line in open(sys.argv[1])]
runs = [run for run in runs if run["config"].startswith(sys.argv[2]) and run["threads"] == int(sys.argv[3])
        and not run["accelerator"].startswith("java") and ("generate" in run["config"]) == ("generate" in sys.argv[2])]
print(max(runs, key=lambda run: run["chars_per_s_median"])["accelerator"])
BEST
}

for config in "${configs[@]}"; do
  for threads in ${THREADS:-1 2}; do
    ours=(java-vector java)
    theirs=("${peers[@]}")
    if [[ $config == *-generate ]]; then
      theirs=(torch-cell)
      [ "$threads" = "${threads_of_generation:=$threads}" ] || continue # only for the first number of threads
      [[ " ${peers[*]} " == *" torch-cell "* ]] || continue
    fi
    for program in "${ours[@]}" "${theirs[@]}"; do
      measure "$program" "$config" "$threads"
    done
    for program in "${ours[@]}" "$(best "$config" "$threads")"; do
      measure "$program" "$config" "$threads"
    done
  done
done

"$python" - "$lines" <<'TABLE'
import json, statistics, sys
from collections import defaultdict
rates, memory = defaultdict(list), defaultdict(float)
for line in open(sys.argv[1]):
    run = json.loads(line)
    key = run["config"], run["threads"], run["accelerator"]
    rates[key].append(run["chars_per_s_median"])
    memory[key] = max(memory[key], run["peak_rss_mb"])
print("| config | threads | best peer, chars/s | java-vector, chars/s | ratio | MB | java, chars/s | ratio | MB |")
print("|---|---|---|---|---|---|---|---|---|")
for config, threads in sorted({key[:2] for key in rates}, key=lambda key: ("SML".index(key[0][0]), key)):
    median = {key[2]: statistics.median(values) for key, values in rates.items() if key[:2] == (config, threads)}
    theirs = [item for item in median.items() if not item[0].startswith("java")]
    peer, best = max(theirs, key=lambda item: item[1], default=(None, None))
    cells = []
    for name in ("java-vector", "java"):
        cells += ["", "", ""] if name not in median else [
            f"{median[name]:,.0f}", f"{median[name] / best:.2f}" if peer else "-", f"{memory[config, threads, name]:.0f}"]
    print(f"| {config} | {threads} | " + (f"{best:,.0f} ({peer})" if peer else "-") + " | " + " | ".join(cells) + " |")
TABLE
