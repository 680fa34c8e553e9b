#!/usr/bin/env bash
# Compares training on a GPU with plain Java and with torch.nn.GRU on the same GPU. Prints three Markdown tables:
# characters per second with ratios, the distribution of the time of a step, and the kernels that take most of it.
#
#   TORNADOVM_HOME=/path/to/the/sdk benchmarks/compare-gpu.sh [CONFIG...]     M and L by default
#
#   DEVICE        the device as listed by "bin/charrnn accelerators" (default: the first GPU, otherwise the first device)
#   PYTHON        a python3 that has torch with CUDA (default: python3); without torch, its columns are empty
#   TORCH_DEVICE  the device of torch (default: cuda; cpu tests the comparison)
#   ACCELERATORS  the accelerators to compare with (default: "java-vector java"; may be empty)
#   THREADS       their threads (default: 2)
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
  "$root/bin/charrnn" bench --threads "${THREADS:-2}" --config "$1" --accelerator "$2" --seconds "$3" "${@:4}"
}

"$root/bin/charrnn" accelerators >&2 # prints the device
torch=no
if has_torch; then torch=yes; fi

for config in "${configs[@]}"; do
  for _ in $(seq "${ROUNDS:-2}"); do
    bench "$config" tornado "${SECONDS_EACH:-5}" ${device[@]+"${device[@]}"} | tee -a "$runs" >&2
    for accelerator in ${ACCELERATORS-java-vector java}; do
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

printf '\nTime of a step of tornado in milliseconds: kernels and transfers according to the profiler of TornadoVM, and the rest of\n'
printf 'the time of a step without the profiler, in which the host works, launches and waits.\n\n'
awk '
  function value(from) { from = $0; gsub(/[^0-9]/, "", from); return from + 0 }
  function flush(task) { # the end of an execution of a graph
    if (graph != "" && !compiled) {
      executed[graph]++
      copies[graph] += copied
      for (task in time) { ran[task]++; sum[task] += time[task] }
    }
    graph = ""; compiled = 0; copied = 0
    split("", time)
  }
  function report(name, kind, steps, kernels, transfers, launches, waits, of, i, j, held, tasks, ordered) {
    flush()
    # Each step has one launch for cross entropy; what ran less often belongs to the self-check or the first step.
    for (name in ran) if (name ~ /[.]entropy/ && ran[name] > steps) steps = ran[name]
    if (config == "" || steps == 0) return
    for (name in ran) {
      if (ran[name] < 0.9 * steps) continue
      kind = name
      sub(/^[^.]*[.]/, "", kind); sub(/[0-9]*$/, "", kind)
      if (kind == "recurrence") kind = "loop"
      if (kind !~ /^(product|loop|expression|entropy)$/) kind = "other"
      of[kind] += sum[name] / steps / 1e6
      kernels += sum[name] / steps / 1e6
      launches += ran[name] / steps
      ordered[++tasks] = name
    }
    for (name in executed) if (executed[name] >= 0.9 * steps) { transfers += copies[name] / steps / 1e6; waits += executed[name] / steps }
    printf "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f |\n", config, step, of["product"], \
      of["loop"], of["expression"], of["entropy"], of["other"], transfers, step - kernels - transfers, launches, waits
    for (i = 2; i <= tasks; i++) {
      held = ordered[i]
      for (j = i - 1; j >= 1 && sum[ordered[j]] < sum[held]; j--) ordered[j + 1] = ordered[j]
      ordered[j + 1] = held
    }
    for (i = 1; i <= tasks && sum[ordered[i]] / steps / 1e6 > 0.01 * kernels; i++)
      details = details sprintf("| %s | %s | %.1f | %.3f |\n", config, ordered[i], ran[ordered[i]] / steps, sum[ordered[i]] / steps / 1e6)
    split("", ran); split("", sum); split("", executed); split("", copies)
  }
  function text(key, from) { # the value of a key in a line of JSON
    if (!match($0, "\"" key "\": *\"?[^,\"}]+")) return ""
    from = substr($0, RSTART, RLENGTH)
    sub(/^[^:]*: *"?/, "", from)
    return from
  }
  BEGIN {
    characters["S"] = 25; characters["M"] = 50 * 32; characters["L"] = 64 * 64
    print "| config | step | products | loops | expressions | cross entropy | other kernels | transfers | the rest | launches | waits |"
    print "|---|---|---|---|---|---|---|---|---|---|---|"
  }
  FNR == NR { # the measurements: the fastest of tornado
    if (text("accelerator") == "tornado" && text("chars_per_s_median") + 0 > rate[text("config")])
      rate[text("config")] = text("chars_per_s_median") + 0
    next
  }
  /^config / {
    report()
    config = $2
    step = rate[config] > 0 ? 1000 * characters[config] / rate[config] : 0
    next
  }
  /^ *"[a-z]+[0-9]*": \{/ { flush(); graph = $1; next }
  /^ *"[a-z]+[0-9]*\.[a-z]+[0-9]*": \{/ { name = $1; gsub(/[":]/, "", name); next }
  /"TOTAL_(GRAAL|DRIVER)_COMPILE_TIME"/ { if (value() > 0) compiled = 1; next }
  /"COPY_(IN|OUT)_TIME"/ { copied += value(); next }
  /"TASK_KERNEL_TIME"/ { time[name] += value(); next }
  END {
    report()
    print "\nKernels with at least 1 % of the time of all kernels: launches in a step, and their milliseconds.\n"
    print "| config | kernel | launches | ms |"
    print "|---|---|---|---|"
    printf "%s", details
  }' "$runs" "$profile"
