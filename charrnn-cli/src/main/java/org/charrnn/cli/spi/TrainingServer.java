package org.charrnn.cli.spi;

import org.charrnn.text.CharRnn;
import org.charrnn.text.training.TrainingListener;

/**
 * Shows a training over HTTP while it runs, for {@code charrnn train --serve}. Providers are found
 * by {@link java.util.ServiceLoader}.
 *
 * <p><b>Thread safety.</b> The command line starts and closes it on one thread; a server answers on
 * threads of its own.
 */
public interface TrainingServer {

  /**
   * Starts a server for a training that is about to begin.
   *
   * @param port the port on this machine; 0 for a free one
   * @param charRnn loads the models that the training saves
   * @return the server
   * @throws org.charrnn.api.CharRnnException if it cannot listen on the port
   */
  Running start(int port, CharRnn charRnn);

  /** A server that has started. */
  interface Running extends AutoCloseable {

    /**
     * Receives the events of the training.
     *
     * @return the listener
     */
    TrainingListener listener();

    /** {@return the address of its page} */
    String address();

    /** Stops. */
    @Override
    void close();
  }
}
