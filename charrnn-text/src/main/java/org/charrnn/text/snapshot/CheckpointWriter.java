package org.charrnn.text.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.safetensors.Chunks;
import org.charrnn.text.safetensors.Header;
import org.charrnn.text.safetensors.TensorEntry;

/** Writes checkpoints. */
final class CheckpointWriter {

  static final String FORMAT = "charrnn";
  static final String VERSION = "3";

  private CheckpointWriter() {}

  static void write(Path file, Snapshot snapshot) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>(snapshot.model().tensors());
    snapshot.training().ifPresent(training -> tensors.putAll(training.tensors()));
    requireFinite(file, tensors);
    OutputPlace.replace(file, out -> write(out, header(snapshot, tensors), tensors));
  }

  private static void requireFinite(Path file, Map<String, HostTensor> tensors) {
    tensors.forEach((name, tensor) -> {
      if (!tensor.isFinite()) {
        throw new OutputException(
            file,
            String.format(
                Locale.ROOT,
                "tensor '%s' contains values that are not finite, so the model is useless. An existing file is unchanged.",
                name),
            null);
      }
    });
  }

  private static Header header(Snapshot snapshot, Map<String, HostTensor> tensors) {
    SavedModel model = snapshot.model();
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("format", FORMAT);
    metadata.put("formatVersion", VERSION);
    metadata.put("configuration", Json.of(model.config()));
    metadata.put("vocabulary", Json.of(model.vocabulary()));
    metadata.put("parameters", Json.of(List.copyOf(model.tensors().keySet())));
    model.origin().ifPresent(origin -> metadata.put("origin", Json.of(origin)));
    snapshot.training().ifPresent(training -> metadata.put("training", Json.of(training)));
    List<TensorEntry> entries = new ArrayList<>();
    long begin = 0;
    for (Map.Entry<String, HostTensor> tensor : tensors.entrySet()) {
      TensorEntry entry = TensorEntry.of(tensor.getKey(), tensor.getValue().shape(), begin);
      entries.add(entry);
      begin = entry.end();
    }
    return new Header(metadata, entries);
  }

  private static void write(OutputStream out, Header header, Map<String, HostTensor> tensors)
      throws IOException {
    Chunks chunks = new Chunks();
    Checksum checksum = new Checksum(header);
    for (TensorEntry entry : header.tensors()) {
      chunks.write(values(tensors, entry), (chunk, count) -> checksum.update(entry, chunk, count));
    }
    byte[] encoded = header.with(Checksum.KEY, checksum.value()).encode();
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(0, encoded.length).array());
    out.write(encoded);
    for (TensorEntry entry : header.tensors()) {
      chunks.write(values(tensors, entry), (chunk, count) -> out.write(chunk, 0, count));
    }
  }

  private static float[] values(Map<String, HostTensor> tensors, TensorEntry entry) {
    return Objects.requireNonNull(tensors.get(entry.name())).values();
  }
}
