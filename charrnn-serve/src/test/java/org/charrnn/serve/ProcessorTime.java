package org.charrnn.serve;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The processor time that the threads of this process use, by what they do.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class ProcessorTime {

  /** The name of the threads of clients. */
  static final String CLIENT = "client of the test";

  /** What a thread does. */
  enum Use {
    /** It computes the model, and chooses symbols. */
    MODEL,
    /** It runs the virtual threads of the server. */
    SERVER,
    /** It is a client. */
    CLIENTS,
    /** It compiles, collects garbage, ... */
    OTHER
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Map<Long, Long> before = byThread();
  private final long processBefore = PROCESS.getProcessCpuTime();

  private static Map<Long, Long> byThread() {
    Map<Long, Long> nanos = new HashMap<>();
    for (long id : THREADS.getAllThreadIds()) {
      nanos.put(id, Math.max(0, THREADS.getThreadCpuTime(id)));
    }
    return nanos;
  }

  /**
   * The nanoseconds since this was created, of the threads that are still there, and all others.
   */
  Map<Use, Long> used() {
    Map<Use, Long> used = new EnumMap<>(Use.class);
    long rest = PROCESS.getProcessCpuTime() - processBefore;
    for (Map.Entry<Long, Long> thread : byThread().entrySet()) {
      ThreadInfo info = THREADS.getThreadInfo(thread.getKey());
      Use use = info == null ? Use.OTHER : use(info.getThreadName());
      long nanos = thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
      if (use != Use.OTHER) {
        used.merge(use, nanos, Long::sum);
        rest -= nanos;
      }
    }
    used.put(Use.OTHER, rest);
    return used;
  }

  private static Use use(String thread) {
    if (thread.startsWith("charrnn-engine") || thread.startsWith("charrnn-worker")) {
      return Use.MODEL;
    } else if (thread.startsWith("ForkJoinPool") || thread.contains("-Poller")) {
      return Use.SERVER;
    }
    return thread.startsWith(CLIENT) ? Use.CLIENTS : Use.OTHER;
  }

  /** The times of all uses for each of so many characters. */
  static String perCharacter(Map<Use, Long> used, long characters) {
    double all = used.values().stream().mapToLong(Long::longValue).sum();
    return used.entrySet().stream()
        .map(it ->
            String.format(
                Locale.ROOT,
                "%s %.1f us (%.0f %%)",
                it.getKey().name().toLowerCase(Locale.ROOT),
                it.getValue() / 1e3 / characters,
                100 * it.getValue() / all))
        .collect(Collectors.joining(", "));
  }
}
