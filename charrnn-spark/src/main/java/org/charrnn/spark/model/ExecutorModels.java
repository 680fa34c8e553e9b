package org.charrnn.spark.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.spark.files.LocalFolder;
import org.charrnn.text.LanguageModel;
import org.jspecify.annotations.Nullable;

/**
 * The models of a process: each is loaded by the first task that leases it, and shared by all. When
 * no task uses it any more it stays for the next one, until models that are used later take its
 * place; when the process ends, all are closed.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
final class ExecutorModels {

  /** How many models stay while no task uses them. */
  private static final int IDLE_MODELS = 2;

  /** A process has one executor, and tasks have no other place that outlives them. */
  static final ExecutorModels SHARED = new ExecutorModels();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SHARED::closeAll, "charrnn-spark-models"));
  }

  private record Key(String digest, Compute compute) {}

  private static final class Entry {
    private @Nullable LanguageModel model; // null until it is loaded
    private int leases;

    /** Loads the model on first use; other models can be leased meanwhile. */
    synchronized LanguageModel model(BroadcastModel source) {
      if (model == null) {
        model = load(source);
      }
      return model;
    }

    synchronized void close() {
      if (model != null) {
        model.close();
      }
    }
  }

  private final Map<Key, Entry> entries = new LinkedHashMap<>(); // least recently used first

  /** The use of a model by a task. */
  final class Lease implements AutoCloseable {

    private final Entry entry;
    private final LanguageModel model;

    private Lease(Entry entry, LanguageModel model) {
      this.entry = entry;
      this.model = model;
    }

    LanguageModel model() {
      return model;
    }

    /** Ends the use. */
    @Override
    public void close() {
      release(entry);
    }
  }

  /** Leases a model, which is loaded if that has not been done. */
  Lease lease(BroadcastModel source) {
    Key key = new Key(source.digest(), source.compute());
    Entry entry;
    synchronized (this) {
      Entry known = entries.remove(key);
      entry = known == null ? new Entry() : known;
      entries.put(key, entry);
      entry.leases++;
    }
    try {
      return new Lease(entry, entry.model(source));
    } catch (RuntimeException | Error e) {
      release(entry);
      throw e;
    }
  }

  private static LanguageModel load(BroadcastModel source) {
    try (LocalFolder folder = LocalFolder.create()) {
      Path file = Files.write(folder.resolve("model.ckpt"), source.file().value());
      return source.compute().charRnn().load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void release(Entry entry) {
    List<Entry> superfluous = new ArrayList<>();
    synchronized (this) {
      entry.leases--;
      List<Key> idle =
          entries.entrySet().stream()
              .filter(it -> it.getValue().leases == 0)
              .map(Map.Entry::getKey)
              .toList();
      for (Key key : idle.subList(0, Math.max(0, idle.size() - IDLE_MODELS))) {
        superfluous.add(entries.remove(key));
      }
    }
    superfluous.forEach(Entry::close);
  }

  private void closeAll() {
    List<Entry> all;
    synchronized (this) {
      all = List.copyOf(entries.values());
      entries.clear();
    }
    all.forEach(Entry::close);
  }
}
