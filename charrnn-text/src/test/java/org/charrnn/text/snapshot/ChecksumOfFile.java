package org.charrnn.text.snapshot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.charrnn.text.safetensors.Header;
import org.charrnn.text.safetensors.TensorEntry;

/** Adds the right checksum to a file, so that a reader looks at the rest of it. */
public final class ChecksumOfFile {

  private ChecksumOfFile() {}

  /** Adds it, unless the header of the file is not valid. */
  public static void add(Path file) throws IOException {
    Header header;
    byte[] bytes = Files.readAllBytes(file);
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      header = Header.read(in, "checkpoint", CheckpointReader.MAX_HEADER_BYTES);
    } catch (RuntimeException _) {
      return;
    }
    int begin = bytes.length - (int) header.dataBytes();
    Checksum checksum = new Checksum(header);
    for (TensorEntry tensor : header.tensors()) {
      byte[] data =
          Arrays.copyOfRange(bytes, begin + (int) tensor.begin(), begin + (int) tensor.end());
      checksum.update(tensor, data, data.length);
    }
    byte[] encoded = header.with(Checksum.KEY, checksum.value()).encode();
    ByteBuffer written = ByteBuffer.allocate(8 + encoded.length + bytes.length - begin);
    written.order(ByteOrder.LITTLE_ENDIAN).putLong(encoded.length).put(encoded);
    Files.write(file, written.put(bytes, begin, bytes.length - begin).array());
  }
}
