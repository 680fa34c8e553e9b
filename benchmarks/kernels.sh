#!/usr/bin/env bash
# Measures single kernels with JMH and prints them as shares of the peak, which it measures too. Takes five minutes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/benchmarks/jdk.sh"
(cd "$root" && mvn -q -B -ntp -Pkernels -Dcharrnn.unchecked -Dmaven.test.skip=true package -pl benchmarks/kernels -am)
exec "$java" --add-modules jdk.incubator.vector -XX:+UseSerialGC \
  -cp "$root/benchmarks/kernels/target/classpath/*:$root/benchmarks/kernels/target/*" \
  org.charrnn.benchmarks.kernels.Kernels
