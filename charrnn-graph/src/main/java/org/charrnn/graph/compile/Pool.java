package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of a program. Temporaries that are no longer needed are reused for tensors with the
 * same number of columns.
 */
final class Pool {

  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Buffer> free = new ArrayList<>();

  List<Buffer> buffers() {
    return buffers;
  }

  Buffer external(String name, Role role, Type type, Shape shape) {
    return add(name, role, type, shape);
  }

  Buffer take(Type type, int rows, int columns) {
    Buffer best =
        free.stream()
            .filter(buffer ->
                buffer.type() == type && buffer.columns() == columns && buffer.rows() >= rows)
            .min(Comparator.comparingInt(Buffer::rows))
            .orElse(null);
    if (best == null) {
      return add("t" + buffers.size(), Role.TEMPORARY, type, Shape.of(rows, columns));
    }
    free.remove(best);
    return best;
  }

  void giveBack(@Nullable Buffer buffer) {
    if (buffer != null && !buffer.isExternal()) {
      free.add(buffer);
    }
  }

  private Buffer add(String name, Role role, Type type, Shape shape) {
    Buffer buffer = new Buffer(buffers.size(), name, role, type, shape);
    buffers.add(buffer);
    return buffer;
  }
}
