package org.charrnn.text.reading;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.engine.RowState;
import org.charrnn.text.engine.Start;
import org.charrnn.text.scoring.StateException;

/**
 * The serialized form of a state: a magic number and the version; the digest of the model; the
 * carried states; the last ids; the id that is not read yet, if there is one; a CRC-32C of all
 * that. Numbers are big-endian, arrays begin with their length.
 */
public final class StateFormat {

  private static final int MAGIC = 0x43525354; // CRST
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private StateFormat() {}

  /** A digest of everything that the predictions of a model depend on. */
  public static HashCode digest(
      TrainingConfig config, Vocabulary vocabulary, Map<String, HostTensor> tensors) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putUnencodedChars(config.model().cell()).putUnencodedChars(config.model().tokenizer());
    hasher.putUnencodedChars(config.model().direction().name());
    vocabulary.entries().forEach(entry -> hasher.putUnencodedChars(entry.symbol()).putInt(0));
    if (config.documents().resetAtDocuments()) {
      hasher
          .putUnencodedChars(config.documents().documentBegin().orElse(""))
          .putUnencodedChars(config.documents().documentSeparator().name());
    }
    tensors.forEach((name, tensor) -> {
      hasher.putUnencodedChars(name);
      for (float value : tensor.values()) {
        hasher.putFloat(value);
      }
    });
    return hasher.hash();
  }

  public static byte[] write(Start start, HashCode digest) {
    float[] carried = start.state().map(RowState::carried).orElse(new float[0]);
    int[] recent = start.state().map(RowState::recent).orElse(new int[0]);
    byte[] model = digest.asBytes();
    ByteBuffer bytes =
        ByteBuffer.allocate(
            model.length
                + CHECKSUM_BYTES
                + Integer.BYTES * (5 + carried.length + recent.length + start.ids().length));
    bytes.putInt(MAGIC).putInt(VERSION).put(model).putInt(carried.length);
    for (float value : carried) {
      bytes.putFloat(value);
    }
    for (int[] ids : new int[][] {recent, start.ids()}) {
      bytes.putInt(ids.length);
      for (int id : ids) {
        bytes.putInt(id);
      }
    }
    return bytes.putInt(checksum(bytes.array(), bytes.position())).array();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  /**
   * Reads a state.
   *
   * @param digest the digest of the model
   * @param stateSize the length of the carried states
   * @param vocabularySize the number of ids
   * @throws StateException if it is damaged or belongs to another model
   */
  public static Start read(byte[] serialized, HashCode digest, int stateSize, int vocabularySize) {
    try {
      return parse(serialized, digest, stateSize, vocabularySize);
    } catch (BufferUnderflowException e) {
      throw new StateException("is truncated");
    }
  }

  private static Start parse(
      byte[] serialized, HashCode digest, int stateSize, int vocabularySize) {
    ByteBuffer bytes = ByteBuffer.wrap(serialized);
    require(bytes.getInt() == MAGIC, "does not begin as a state does");
    require(bytes.getInt() == VERSION, "was written by another version");
    int end = bytes.limit() - CHECKSUM_BYTES;
    require(end >= 0 && bytes.getInt(end) == checksum(serialized, end), "is damaged or truncated");
    byte[] model = new byte[digest.asBytes().length];
    bytes.get(model);
    require(
        Arrays.equals(model, digest.asBytes()), "belongs to another model; resume it with that");
    int carriedLength = bytes.getInt();
    require(carriedLength == 0 || carriedLength == stateSize, "has another size");
    float[] carried = new float[carriedLength];
    for (int i = 0; i < carriedLength; i++) {
      carried[i] = bytes.getFloat();
    }
    int[] recent = ids(bytes, vocabularySize);
    int[] last = ids(bytes, vocabularySize);
    require(bytes.position() == end && last.length <= 1, "has another size");
    return new Start(
        carriedLength == 0 ? Optional.empty() : Optional.of(new RowState(carried, recent)), last);
  }

  private static int[] ids(ByteBuffer bytes, int vocabularySize) {
    int length = bytes.getInt();
    require(length >= 0 && length <= bytes.remaining() / Integer.BYTES, "has another size");
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      ids[i] = bytes.getInt();
      require(ids[i] >= 0 && ids[i] < vocabularySize, "has an id that the model does not have");
    }
    return ids;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new StateException(otherwise);
    }
  }
}
