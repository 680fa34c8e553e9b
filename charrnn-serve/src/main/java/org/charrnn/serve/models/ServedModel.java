package org.charrnn.serve.models;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.charrnn.text.LanguageModel;

/**
 * A model under a name, which can be replaced by a newer one while requests run: each request keeps
 * the model that it began with, and the old one is closed when its last request ends.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class ServedModel implements AutoCloseable {

  private final String id;
  private Version current;

  /**
   * Serves a model, which is closed with this object.
   *
   * @param id the name by which clients request it
   * @param model the model
   * @param created the time at which it was written
   */
  public ServedModel(String id, LanguageModel model, Instant created) {
    this.id = id;
    this.current = new Version(new LoadedModel(id, model, created, new PrefixCache()));
  }

  /** {@return the name that requests select it by} */
  public String id() {
    return id;
  }

  /** {@return the model of now, for one request; to be closed at its end} */
  public synchronized Lease acquire() {
    return new Lease(current);
  }

  /**
   * How much the model of now has computed.
   *
   * @return the figures since it was loaded
   */
  public synchronized LanguageModel.Usage usage() {
    return current.loaded.model().usage();
  }

  /**
   * Replaces the model. Requests that run end with the old one.
   *
   * @param model the model
   * @param created the time at which it was written
   */
  public synchronized void replace(LanguageModel model, Instant created) {
    Version old = current;
    current = new Version(new LoadedModel(id, model, created, new PrefixCache()));
    old.release();
  }

  /** Closes the model when its last request ends. */
  @Override
  public synchronized void close() {
    current.release();
  }

  /** A model and the number of its users; being current counts as one. */
  private static final class Version {

    private final LoadedModel loaded;
    private final AtomicInteger users = new AtomicInteger(1);

    Version(LoadedModel loaded) {
      this.loaded = loaded;
    }

    void release() {
      if (users.decrementAndGet() == 0) {
        loaded.model().close();
      }
    }
  }

  /** The use of a model by one request. */
  public static final class Lease implements AutoCloseable {

    private final Version version;

    private Lease(Version version) {
      this.version = version;
      version.users.incrementAndGet();
    }

    /** {@return the model} */
    public LoadedModel loaded() {
      return version.loaded;
    }

    /** Ends the use. */
    @Override
    public void close() {
      version.release();
    }
  }
}
