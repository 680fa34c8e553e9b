#!/usr/bin/env bash
# Measures the peak of the machine and single kernels with JMH, and prints shares of the peak. Takes six minutes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/benchmarks/jdk.sh"
(cd "$root" && mvn -q -B -ntp -Pkernels -Dcharrnn.unchecked -Dmaven.test.skip=true package -pl benchmarks/kernels -am)
exec "$java" --add-modules jdk.incubator.vector -XX:+UseSerialGC -XX:CompileThresholdScaling=0.1 --sun-misc-unsafe-memory-access=allow \
  -cp "$root/benchmarks/kernels/target/classpath/*:$root/benchmarks/kernels/target/*" \
  org.charrnn.benchmarks.kernels.Kernels 2> >(grep -v "incubator modules" >&2)
