#!/usr/bin/env bash
# Checks and measures the accelerator "tornado" on a machine with a GPU on which nothing is built, within ten minutes.
#
#   TORNADOVM_HOME=/path/to/the/sdk benchmarks/check-gpu.sh pack FOLDER    here: builds, and copies everything to FOLDER
#   FOLDER/benchmarks/check-gpu.sh run [OUTPUT]                            there: runs the checks, logs to OUTPUT
#
# The folder contains the program, the tests, the SDK and a Java runtime for this kind of machine; the driver of the GPU
# and, for the comparison, a Python with torch are those of the other machine. It may be moved.
#
#   CONFIGS  the configurations to compare (default: "M L"); "S" rehearses on a processor
#   SECONDS_IN_ALL  the time for all checks (default: 570); a check that reaches the end is stopped and reported
#   DEVICE, PYTHON, TORCH_DEVICE  see compare-gpu.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=charrnn-accel-tornado
essays=examples/essay/src/main/resources/org/charrnn/examples/essay/essays.txt

fail() {
  printf 'check-gpu.sh: %s\n' "$*" >&2
  exit 1
}

pack() {
  local folder=$1 jdk entry count=0
  [ -r "${TORNADOVM_HOME:-}/tornado-argfile.template" ] ||
    fail "set TORNADOVM_HOME to the folder of a TornadoVM SDK; see docs/gpu.md."
  jdk=${JAVA_HOME:-}
  [ -x "$jdk/bin/jlink" ] || fail "set JAVA_HOME to a JDK 25."
  [ ! -e "$folder" ] || fail "$folder exists already."
  # Without the SDK, whose profile would run tests.
  (cd "$root" && env -u TORNADOVM_HOME ${MVN:-mvn} -q -B -ntp -DskipTests -Dcharrnn.unchecked package \
    dependency:build-classpath -Dmdep.outputFile=target/check-gpu.classpath \
    -pl "examples/essay,examples/poem,examples/plugin,benchmarks,$module" -am)
  mkdir -p "$folder/$module" "$folder/bin" "$folder/benchmarks" "$folder/lib" "$folder/tests" "$folder/$(dirname "$essays")"
  cp "$root/bin/charrnn" "$folder/bin/"
  cp "$root/$essays" "$folder/$essays"
  cp "$root"/examples/essay/target/classpath/*.jar "$root"/examples/poem/target/*.jar "$root"/benchmarks/target/*.jar \
    "$folder/lib/"
  cp "$root"/benchmarks/*.sh "$root"/benchmarks/*.py "$folder/benchmarks/"
  # The API of TornadoVM comes from the SDK.
  for entry in "$root/$module/target/test-classes" "$root/$module/target/classes" \
    "$root/charrnn-text/target/test-classes" $(tr : '\n' <"$root/$module/target/check-gpu.classpath" | grep -v gpu-llama3); do
    count=$((count + 1))
    cp -r "$entry" "$folder/tests/$(printf '%03d' $count)-$(basename "$entry")"
  done
  cp -r "$TORNADOVM_HOME" "$folder/tornadovm"
  "$jdk/bin/jlink" --add-modules ALL-MODULE-PATH --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --output "$folder/jdk"
  cp "$jdk/release" "$folder/jdk/release"
  du -sh "$folder"
}

# Runs a command until the limit or until all time is used, logs it, and adds a line to the summary.
check() { # NAME SECONDS COMMAND...
  local name=$1 limit=$2 started=$SECONDS status=0 result
  shift 2
  if [ $((end - SECONDS)) -lt "$limit" ]; then limit=$((end - SECONDS)); fi
  if [ "$limit" -lt 5 ]; then
    printf '| %s | 0 s | not started: no time was left |\n' "$name" >>"$output/summary.md"
    failed=1
    return
  fi
  printf '== %s, at most %d s\n' "$name" "$limit"
  timeout "$limit" "$@" >"$output/$name.log" 2>&1 || status=$?
  case $status in
    0) result=passed ;;
    124) result="stopped at its limit" ;;
    *) result="failed with exit code $status" ;;
  esac
  [ "$status" = 0 ] || failed=1
  if grep -q '^test ' "$output/$name.log"; then
    result="$result: $(grep -c '^test SUCCESSFUL' "$output/$name.log") of $(grep -c '^test ' "$output/$name.log") tests passed"
  fi
  printf '| %s | %d s | %s |\n' "$name" $((SECONDS - started)) "$result" | tee -a "$output/summary.md"
}

tests() { # SELECTOR...
  printf '%s\n' "@$TORNADOVM_HOME/tornado-argfile" -Dtornado.recover.bailout=false -Dtornado.tvm.maxbytecodesize=65536 \
    -Dcharrnn.test.accelerator=tornado \
    --add-opens tornado.api/uk.ac.manchester.tornado.api=ALL-UNNAMED -cp "$(printf '%s:' "$root"/tests/*)" \
    org.charrnn.accel.tornado.TestMain "$@"
}

run() {
  output=$(mkdir -p "${1:-$root/output}" && cd "${1:-$root/output}" && pwd)
  end=$((SECONDS + ${SECONDS_IN_ALL:-570}))
  failed=0
  export TORNADOVM_HOME=$root/tornadovm CHARRNN_JAVA_HOME=$root/jdk
  sed "s|\${TORNADOVM_HOME}|$TORNADOVM_HOME|g" "$TORNADOVM_HOME/tornado-argfile.template" >"$TORNADOVM_HOME/tornado-argfile"
  printf '| check | time | result |\n|---|---|---|\n' >"$output/summary.md"
  cd "$root/$module"
  local java=$CHARRNN_JAVA_HOME/bin/java golden parity contract training=org.charrnn.accel.tornado.DeviceTrainingTest
  mapfile -t golden < <(tests org.charrnn.text.SeedParityTest)
  mapfile -t parity < <(tests "$training#step_twoHundredTimes_followsJava" \
    "$training#step_ofALargeVocabulary_withTheKernelsForGpus_agreesWithJava")
  mapfile -t contract < <(tests org.charrnn.accel.tornado.TornadoAcceleratorContractTest)
  check devices 30 "$root/bin/charrnn" accelerators
  check golden 60 "$java" "${golden[@]}"
  check parity 60 "$java" "${parity[@]}"
  # shellcheck disable=SC2086
  check compare 300 env ROUNDS=1 SECONDS_EACH=1 "$root/benchmarks/compare-gpu.sh" ${CONFIGS:-M L}
  check contract 600 "$java" "${contract[@]}"
  printf '\n'
  cat "$output/summary.md"
  printf '\n'
  cat "$output/devices.log"
  sed -n '/^Characters per second/,$p' "$output/compare.log"
  exit $failed
}

case "${1:-} $#" in
  "pack 2") pack "$2" ;;
  "run 1" | "run 2") run "${2:-}" ;;
  *) fail "expected: pack FOLDER, or run [OUTPUT]" ;;
esac
