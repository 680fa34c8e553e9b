#!/usr/bin/env bash
# Compares one request on an idle model with that of another version of charrnn, A B A B:
#
#   git worktree add ../before 4a5f619
#   benchmarks/one-request.sh ../before MODEL PROMPT
#
#   THREADS      the number of threads (default: 2)
#   ACCELERATOR  default: java-vector
#   ROUNDS       default: 4
#
# Prints characters per second of each round, other version first, and the ratio of the medians. The other version must
# be able to read MODEL. Leave the machine otherwise idle.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/benchmarks/jdk.sh"
[ $# -eq 3 ] || { sed -n '2,13s/^# \?//p' "$0"; exit 2; }
other=$(cd "$1" && pwd)
for checkout in "$other" "$root"; do
  "$checkout/bin/charrnn" --version >&2
done

# measure CHECKOUT MODEL PROMPT
measure() {
  "$java" --add-modules jdk.incubator.vector -cp "$1/benchmarks/target/classpath/*" \
    "$root/benchmarks/OneRequest.java" "$2" "$3" "${THREADS:-2}" "${ACCELERATOR:-java-vector}" 2>/dev/null
}

median() { sort -n | awk '{ a[NR] = $1 } END { print (a[int((NR + 1) / 2)] + a[int(NR / 2) + 1]) / 2 }'; }

before=() after=()
for ((round = 0; round < ${ROUNDS:-4}; round++)); do
  before+=("$(measure "$other" "$2" "$3")")
  after+=("$(measure "$root" "$2" "$3")")
  echo "${before[round]} ${after[round]}"
done
awk -v a="$(printf '%s\n' "${before[@]}" | median)" -v b="$(printf '%s\n' "${after[@]}" | median)" \
  'BEGIN { printf "ratio %.3f\n", b / a }'
