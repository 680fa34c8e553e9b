#!/usr/bin/env bash
# Checks and measures the accelerator "tornado" on a machine with a GPU on which nothing is built, within ten minutes.
#
#   TORNADOVM_HOME=/path/to/the/sdk benchmarks/check-gpu.sh pack FOLDER    here: builds, and copies everything to FOLDER
#   FOLDER/benchmarks/check-gpu.sh run [OUTPUT]                            there: runs the checks, logs to OUTPUT
#
# The folder contains the program, the tests, the SDK and a Java runtime for this kind of machine; the driver of the GPU
# and, for the comparison, a Python with torch are those of the other machine. It may be moved. "run" checks results,
# several checks at once if there are enough processors, and measures, one thing at a time; what takes long is last. Each check
# has a limit and a log of its own; one that fails or is stopped does not stop the others.
#
#   CHECKS   the checks to run (default: all, in this order)
#              devices   the devices that TornadoVM finds
#              kernels   the source of all kernels of a training, as TornadoVM gives it to the driver, and their resources
#              steps     200 steps beside plain Java
#              large     a step of a large vocabulary beside plain Java
#              golden    the seed's golden file
#              compare   compare-gpu.sh against torch.nn.GRU, with the distribution of the time
#              java      plain Java with the Vector API on all processors
#              contract  the contract of accelerators
#              training  every cell and optimizer beside plain Java, checkpoints, generation
#   CONFIGS  the configurations to measure (default: "M L"); "S" rehearses on a processor
#   SLOWER   multiplies the limits of checks (default: 1); a processor needs 10
#   SECONDS_IN_ALL  the time for all checks (default: 570)
#   JOBS     the number of checks of results at once (default: one for each two processors)
#   DEVICE, PYTHON, TORCH_DEVICE, SECONDS_EACH  see compare-gpu.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=charrnn-accel-tornado
essays=examples/essay/src/main/resources/org/charrnn/examples/essay/essays.txt

fail() {
  printf 'check-gpu.sh: %s\n' "$*" >&2
  exit 1
}

# The modules of the JDK that the program, its tests and TornadoVM use.
modules=java.base,java.instrument,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
modules=$modules,jdk.charsets,jdk.graal.compiler,jdk.httpserver,jdk.incubator.vector,jdk.internal.vm.ci,jdk.jfr,jdk.management
modules=$modules,jdk.unsupported,jdk.zipfs

# Parts of an SDK that no program needs.
is_extra() { # NAME OF A JAR
  case $1 in
    tornado-unittests-* | tornado-benchmarks-* | tornado-examples-* | tornado-fuzz-* | tornado-matrices-* | tornado-cu*) true ;;
    *-libs.jar | lucene-* | jmh-* | junit-* | hamcrest-* | ejml-* | log4j-*) true ;;
    truffle-api-* | graal-sdk-* | polyglot-* | nativeimage-*) true ;;
    *) false ;;
  esac
}

pack() {
  local folder=$1 jdk entry jar count=0
  [ -r "${TORNADOVM_HOME:-}/tornado-argfile.template" ] ||
    fail "set TORNADOVM_HOME to the folder of a TornadoVM SDK; see docs/gpu.md."
  jdk=${JAVA_HOME:-}
  [ -x "$jdk/bin/jlink" ] || fail "set JAVA_HOME to a JDK 25."
  [ ! -e "$folder" ] || fail "$folder exists already."
  # Without the SDK, whose profile would run tests.
  (cd "$root" && env -u TORNADOVM_HOME ${MVN:-mvn} -q -B -ntp -DskipTests -Dcharrnn.unchecked -Pdevice-programs package \
    dependency:build-classpath -Dmdep.outputFile=target/check-gpu.classpath \
    -pl "examples/essay,examples/poem,examples/plugin,benchmarks,$module" -am)
  mkdir -p "$folder/$module" "$folder/bin" "$folder/benchmarks" "$folder/lib" "$folder/tests" "$folder/$(dirname "$essays")" \
    "$folder/tornadovm/share/java"
  cp "$root/bin/charrnn" "$folder/bin/"
  cp "$root/$essays" "$folder/$essays"
  cp "$root"/examples/essay/target/classpath/*.jar "$root"/examples/poem/target/*.jar "$root"/benchmarks/target/*.jar \
    "$folder/lib/"
  rm -f "$folder"/lib/{onnxruntime,icu4j}-*.jar # large, and only exports and some tokens of words need them
  cp "$root"/benchmarks/*.sh "$root"/benchmarks/*.py "$folder/benchmarks/"
  # The API of TornadoVM comes from the SDK.
  for entry in "$root/$module/target/test-classes" "$root/$module/target/classes" \
    "$root/charrnn-text/target/test-classes" $(tr : '\n' <"$root/$module/target/check-gpu.classpath" | grep -v gpu-llama3); do
    count=$((count + 1))
    jar=$(basename "$entry")
    case $jar in
      onnxruntime-* | icu4j-*) ;;
      *.jar)
        if cmp -s "$entry" "$folder/lib/$jar"; then
          ln -s "../lib/$jar" "$folder/tests/$(printf '%03d' $count)-$jar"
        else
          cp "$entry" "$folder/tests/$(printf '%03d' $count)-$jar"
        fi
        ;;
      *) cp -r "$entry" "$folder/tests/$(printf '%03d' $count)-$jar" ;;
    esac
  done
  mkdir -p "$folder/$module/src/test"
  cp -r "$root/$module/src/test/native" "$folder/$module/src/test/"
  cp -r "$TORNADOVM_HOME/lib" "$TORNADOVM_HOME"/tornado-argfile.template "$folder/tornadovm/"
  cp -r "$TORNADOVM_HOME/share/java/tornado" "$TORNADOVM_HOME/share/java/graalJars" "$folder/tornadovm/share/java/"
  for jar in "$folder"/tornadovm/share/java/*/*.jar; do
    if is_extra "$(basename "$jar")"; then rm "$jar"; fi
  done
  # Neither is compressed, so that an archive of the folder is small.
  "$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --compress zip-0 --output "$folder/jdk"
  cp "$jdk/release" "$folder/jdk/release"
  du -sh "$folder"
}

# Runs a command until the limit or until all time is used, logs it, and writes its line of the summary.
check() { # NAME SECONDS COMMAND...
  local name=$1 limit=$(($2 * ${SLOWER:-1})) started=$SECONDS status=0 result
  shift 2
  case " $checks " in *" $name "*) ;; *) return 0 ;; esac
  if [ $((end - SECONDS)) -lt "$limit" ]; then limit=$((end - SECONDS)); fi
  if [ "$limit" -lt 5 ]; then
    printf '| %s | 0 s | not started: no time was left |\n' "$name" | tee "$output/.$name.line"
    return 0
  fi
  printf '== %s, at most %d s\n' "$name" "$limit"
  timeout -k 5 "$limit" "$@" >"$output/$name.log" 2>&1 </dev/null || status=$?
  case $status in
    0) result=passed ;;
    124 | 137) result="stopped at its limit" ;;
    *) result="failed with exit code $status" ;;
  esac
  if grep -q '^test ' "$output/$name.log"; then
    result="$result: $(grep -c '^test SUCCESSFUL' "$output/$name.log") of $(grep -c '^test ' "$output/$name.log") tests passed"
  fi
  printf '| %s | %d s | %s |\n' "$name" $((SECONDS - started)) "$result" | tee "$output/.$name.line"
}

# The same beside other checks: waits until fewer than JOBS run.
check_beside() {
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || true; done
  check "$@" &
}

# Tests in a JVM with the arguments of the SDK.
test_in_a_jvm() { # NAME SECONDS SELECTOR...
  local name=$1 limit=$2
  shift 2
  check_beside "$name" "$limit" "$CHARRNN_JAVA_HOME/bin/java" "@$TORNADOVM_HOME/tornado-argfile" \
    -Dtornado.recover.bailout=false -Dtornado.tvm.maxbytecodesize=65536 -Dcharrnn.test.accelerator=tornado \
    --add-opens tornado.api/uk.ac.manchester.tornado.api=ALL-UNNAMED -cp "$(printf '%s:' "$root"/tests/*)" \
    org.charrnn.accel.tornado.TestMain "$@"
}

bench() { # ACCELERATOR CONFIG SECONDS [MORE...]
  "$root/bin/charrnn" bench --accelerator "$1" --config "$2" --seconds "$3" "${@:4}"
}

benches_of_java() {
  local config
  for config in $configs; do bench java-vector "$config" "${SECONDS_EACH:-0.5}"; done
}

# All kernels of the self-check and of a training step, with the sizes of the first launches, and their resources.
print_kernels() {
  local status=0
  CHARRNN_JAVA_OPTS="${CHARRNN_JAVA_OPTS:-} -Dtornado.printKernel=True -Dtornado.threadInfo=True" \
    bench tornado "${configs%% *}" 0.01 ${DEVICE:+--device "$DEVICE"} || status=1
  "${PYTHON:-python3}" "$root/benchmarks/kernel_resources.py" "$output/kernels.log" >"$output/resources.log" 2>&1 || true
  return $status
}

# The summary, in the order of the checks. Fails if a check did.
summarize() {
  local name status=0
  {
    printf '| check | time | result |\n|---|---|---|\n'
    for name in $checks; do
      [ -e "$output/.$name.line" ] || printf '| %s | | did not end |\n' "$name" >"$output/.$name.line"
      cat "$output/.$name.line"
      grep -q '| passed' "$output/.$name.line" || status=1
      rm "$output/.$name.line"
    done
  } >"$output/summary.md"
  return $status
}

run() {
  local training=org.charrnn.accel.tornado.DeviceTrainingTest status=0
  output=$(mkdir -p "${1:-$root/output}" && cd "${1:-$root/output}" && pwd)
  end=$((SECONDS + ${SECONDS_IN_ALL:-570}))
  checks=${CHECKS:-devices kernels steps large golden compare java contract training}
  configs=${CONFIGS:-M L}
  jobs=${JOBS:-$((($(nproc) + 1) / 2))}
  export TORNADOVM_HOME=$root/tornadovm CHARRNN_JAVA_HOME=$root/jdk CHARRNN_STARTUP_CACHE=off root configs output
  export -f bench benches_of_java print_kernels
  sed "s|\${TORNADOVM_HOME}|$TORNADOVM_HOME|g" "$TORNADOVM_HOME/tornado-argfile.template" >"$TORNADOVM_HOME/tornado-argfile"
  cd "$root/$module"
  check devices 60 "$root/bin/charrnn" accelerators
  test_in_a_jvm steps 90 "$training#step_twoHundredTimes_followsJava"
  test_in_a_jvm large 90 "$training#step_ofALargeVocabulary_withTheKernelsForGpus_agreesWithJava"
  check_beside kernels 90 bash -c print_kernels
  test_in_a_jvm golden 90 org.charrnn.text.SeedParityTest
  wait
  # shellcheck disable=SC2086
  check compare 300 env ROUNDS=1 "SECONDS_EACH=${SECONDS_EACH:-0.5}" ACCELERATORS= "$root/benchmarks/compare-gpu.sh" $configs
  check java 100 bash -c benches_of_java
  test_in_a_jvm contract 300 org.charrnn.accel.tornado.TornadoAcceleratorContractTest
  test_in_a_jvm training 300 "$training"
  wait
  summarize || status=1
  printf '\n'
  cat "$output/summary.md"
  printf '\n'
  for log in devices compare java; do
    if [ -e "$output/$log.log" ]; then sed -n '/^Characters per second/,$p; /^{"config"/p; /GiB/p' "$output/$log.log"; fi
  done
  exit $status
}

case "${1:-} $#" in
  "pack 2") pack "$2" ;;
  "run 1" | "run 2") run "${2:-}" ;;
  *) fail "expected: pack FOLDER, or run [OUTPUT]" ;;
esac
