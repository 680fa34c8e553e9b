#!/usr/bin/env bash
# Compares training on a GPU with plain Java on two threads and with torch.nn.GRU on the same GPU. Prints two Markdown
# tables: characters per second with ratios, and the distribution of the time on the GPU.
#
#   TORNADOVM_HOME=/path/to/the/sdk benchmarks/compare-gpu.sh [CONFIG...]     M and L by default
#
#   DEVICE        the device as listed by "bin/charrnn accelerators" (default: the first GPU, otherwise the first device)
#   PYTHON        a python3 that has torch with CUDA (default: python3); without torch, its columns are empty
#   TORCH_DEVICE  the device of torch (default: cuda; cpu tests the comparison)
#   SECONDS_EACH  the duration of a repetition (default: 5); each run has a warm-up and five repetitions
#   ROUNDS        the number of alternating runs (default: 2)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configs=("$@")
[ ${#configs[@]} -gt 0 ] || configs=(M L)
python=${PYTHON:-python3}
torch_device=${TORCH_DEVICE:-cuda}
device=()
[ -z "${DEVICE:-}" ] || device=(--device "$DEVICE")
runs=$(mktemp)
profile=$(mktemp)
trap 'rm -f "$runs" "$profile"' EXIT

say() {
  printf 'compare-gpu.sh: %s\n' "$*" >&2
}

[ -r "${TORNADOVM_HOME:-}/tornado-argfile" ] || {
  say "set TORNADOVM_HOME to the folder of a TornadoVM SDK; see docs/gpu.md."
  exit 1
}
for config in "${configs[@]}"; do
  case $config in
    S | M | L) ;;
    *)
      say "the configuration must be S, M or L: $config"
      exit 2
      ;;
  esac
done

# Is torch installed, and does it find its device?
has_torch() {
  if ! "$python" -c 'import torch' 2>/dev/null; then
    say "$python has no torch; its columns stay empty. Set PYTHON to a python3 that has it."
    return 1
  fi
  if ! "$python" -c 'import sys, torch; torch.zeros(1, device=sys.argv[1])' "$torch_device" 2>/dev/null; then
    say "torch finds no device $torch_device; its columns stay empty. Set TORCH_DEVICE to another."
    return 1
  fi
}

bench() { # CONFIG ACCELERATOR SECONDS [MORE...]
  "$root/bin/charrnn" bench --threads 2 --config "$1" --accelerator "$2" --seconds "$3" "${@:4}"
}

"$root/bin/charrnn" accelerators >&2 # prints the device
torch=no
if has_torch; then torch=yes; fi

for config in "${configs[@]}"; do
  for _ in $(seq "${ROUNDS:-2}"); do
    bench "$config" tornado "${SECONDS_EACH:-5}" ${device[@]+"${device[@]}"} | tee -a "$runs" >&2
    for accelerator in java-vector java; do
      bench "$config" "$accelerator" "${SECONDS_EACH:-5}" | tee -a "$runs" >&2
    done
    if [ $torch = yes ]; then
      "$python" "$root/benchmarks/peer_torch_gpu.py" --config "$config" --device "$torch_device" \
        --seconds "${SECONDS_EACH:-5}" | tee -a "$runs" >&2
    fi
  done
  # TornadoVM prints the time of each execution of a task graph.
  printf 'config %s\n' "$config" >>"$profile"
  CHARRNN_JAVA_OPTS="${CHARRNN_JAVA_OPTS:-} -Dtornado.profiler=True" \
    bench "$config" tornado 0.2 ${device[@]+"${device[@]}"} >>"$profile"
done

printf '\nCharacters per second, medians, and the ratio of tornado to each of the others.\n\n'
awk '
  function text(key, from) { # the value of a key in a line of JSON
    if (!match($0, "\"" key "\": *\"?[^,\"}]+")) return ""
    from = substr($0, RSTART, RLENGTH)
    sub(/^[^:]*: *"?/, "", from)
    return from
  }
  function median(config, kind, n, i, j, held, sorted) {
    n = count[config, kind]
    for (i = 1; i <= n; i++) {
      held = rate[config, kind, i]
      for (j = i - 1; j >= 1 && sorted[j] > held; j--) sorted[j + 1] = sorted[j]
      sorted[j + 1] = held
    }
    return n == 0 ? 0 : (sorted[int((n + 1) / 2)] + sorted[int(n / 2) + 1]) / 2
  }
  {
    config = text("config"); kind = text("accelerator")
    if (config == "") next
    if (kind ~ /^torch/) kind = "torch"
    if (!(config in known)) { known[config]; order[++configs] = config }
    rate[config, kind, ++count[config, kind]] = text("chars_per_s_median") + 0
  }
  END {
    others = split("java-vector java torch", other, " ")
    print "| config | tornado | java-vector | ratio | java | ratio | torch.nn.GRU | ratio |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= configs; i++) {
      tornado = median(order[i], "tornado")
      line = sprintf("| %s | %d |", order[i], tornado)
      for (o = 1; o <= others; o++) {
        theirs = median(order[i], other[o])
        line = line (theirs > 0 ? sprintf(" %d | %.2f |", theirs, tornado / theirs) : " | |")
      }
      print line
    }
  }' "$runs"

printf '\nDistribution of the time of tornado in task graphs, without runs that compiled kernels.\n\n'
awk '
  function value(from) { from = $0; gsub(/[^0-9]/, "", from); return from + 0 }
  function flush(kind) {
    if (graph != "" && !compiled) {
      total += all; kernels += kernel; copies += copied
      for (kind in task) of[kind] += task[kind]
    }
    graph = ""; compiled = 0; all = 0; kernel = 0; copied = 0
    split("", task)
  }
  function report(rest, loops) {
    flush()
    if (config != "" && total > 0) {
      loops = of["loop"] + of["recurrence"]
      rest = kernels - of["product"] - loops - of["expression"] - of["entropy"]
      printf "| %s | %.0f %% | %.0f %% | %.0f %% | %.0f %% | %.0f %% | %.0f %% | %.0f %% |\n", config, 100 * of["product"] / total, \
        100 * loops / total, 100 * of["expression"] / total, 100 * of["entropy"] / total, 100 * rest / total, 100 * copies / total, \
        100 * (total - kernels - copies) / total
    }
    total = 0; kernels = 0; copies = 0
    split("", of)
  }
  BEGIN {
    print "| config | kernels: products | loops | expressions | cross entropy | others | transfers | host and launches |"
    print "|---|---|---|---|---|---|---|---|"
  }
  /^config / { report(); config = $2; next }
  /^ *"[a-z]+[0-9]*": \{/ { flush(); graph = $1; next }
  /^ *"[a-z]+[0-9]*\.[a-z]+[0-9]*": \{/ { kind = $1; sub(/^"[a-z]+[0-9]*\./, "", kind); sub(/[0-9]*":.*/, "", kind); next }
  /"TOTAL_(GRAAL|DRIVER)_COMPILE_TIME"/ { if (value() > 0) compiled = 1; next }
  /"TOTAL_TASK_GRAPH_TIME"/ { all = value(); next }
  /"TOTAL_KERNEL_TIME"/ { kernel = value(); next }
  /"COPY_(IN|OUT)_TIME"/ { copied += value(); next }
  /"TASK_KERNEL_TIME"/ { task[kind] += value(); next }
  END { report() }' "$profile"
