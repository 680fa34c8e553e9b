package org.charrnn.text.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Writes checkpoints. */
final class CheckpointWriter {

  static final String FORMAT = "charrnn";
  static final String VERSION = "2";

  private CheckpointWriter() {}

  static void write(Path file, Checkpoint checkpoint) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>(checkpoint.model().tensors());
    checkpoint.training().ifPresent(training -> tensors.putAll(training.tensors()));
    OutputPlace.replace(file, channel -> write(channel, header(checkpoint, tensors), tensors));
  }

  private static Header header(Checkpoint checkpoint, Map<String, HostTensor> tensors) {
    SavedModel model = checkpoint.model();
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("format", FORMAT);
    metadata.put("formatVersion", VERSION);
    metadata.put("configuration", Json.of(model.config()));
    metadata.put("vocabulary", Json.of(model.vocabulary()));
    metadata.put("parameters", Json.of(List.copyOf(model.tensors().keySet())));
    checkpoint.training().ifPresent(training -> metadata.put("training", Json.of(training)));
    List<Header.Entry> entries = new ArrayList<>();
    tensors.forEach((name, tensor) -> entries.add(new Header.Entry(name, tensor.shape())));
    return new Header(metadata, entries);
  }

  private static void write(
      WritableByteChannel channel, Header header, Map<String, HostTensor> tensors)
      throws IOException {
    Chunks chunks = new Chunks();
    CRC32C crc = header.checksum();
    for (HostTensor tensor : tensors.values()) {
      chunks.write(tensor.values(), crc::update);
    }
    byte[] encoded = header.withChecksum(crc).encode();
    ByteBuffer length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, encoded.length);
    writeFully(channel, length);
    writeFully(channel, ByteBuffer.wrap(encoded));
    for (HostTensor tensor : tensors.values()) {
      chunks.write(tensor.values(), piece -> writeFully(channel, piece));
    }
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      channel.write(piece);
    }
  }
}
