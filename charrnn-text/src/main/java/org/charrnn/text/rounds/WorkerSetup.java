package org.charrnn.text.rounds;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.settings.ConfigJson;

/**
 * Everything that a worker must know once, whichever rounds it runs.
 *
 * @param config the configuration, with the defaults of the optimizer
 * @param vocabulary the symbols of the text
 */
public record WorkerSetup(TrainingConfig config, Vocabulary vocabulary) {

  /**
   * {@return a form that {@link #of} reads, to be sent to another machine with the same charrnn}
   */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, ConfigJson.write(config));
      out.writeInt(vocabulary.size());
      for (Vocabulary.Entry entry : vocabulary.entries()) {
        write(out, entry.symbol());
        out.writeLong(entry.count());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not of an array
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @param bytes the form that it has returned
   * @return the setup
   * @throws IllegalArgumentException if the bytes are something else
   */
  public static WorkerSetup of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      TrainingConfig config = ConfigJson.parse(read(in));
      int size = in.readInt();
      List<Vocabulary.Entry> entries = new ArrayList<>();
      for (int id = 0; id < size; id++) {
        entries.add(new Vocabulary.Entry(read(in), in.readLong()));
      }
      return new WorkerSetup(config, Vocabulary.of(entries));
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no setup of a worker", e);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(encoded.length);
    out.write(encoded);
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
