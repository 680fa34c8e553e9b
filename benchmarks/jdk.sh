# To be sourced: sets "java" to the launcher of a JDK 25 or newer, searched where bin/charrnn searches first.
for home in "${CHARRNN_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  if [ -x "$home/bin/javac" ] && [ "$("$home/bin/javac" -version 2>&1 | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 25 ]; then
    java=$home/bin/java
    break
  fi
done
if [ -z "${java:-}" ]; then
  echo "no JDK 25 or newer found; set CHARRNN_JAVA_HOME to one." >&2
  exit 1
fi
