package org.charrnn.serve.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a client sends. While a request is computed, another thread already reads what
 * follows it: that is the only way to notice that the client closes the connection. Bytes that
 * arrive instead are kept for the next request.
 *
 * <p><b>Thread safety.</b> One thread, that of the connection; the thread that reads ahead is
 * internal.
 */
final class Inbound {

  private final DataReader source;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by the lock
  private @Nullable FutureTask<byte @Nullable []> ahead;
  private @Nullable Thread computing;
  private boolean gone;

  Inbound(DataReader source) {
    this.source = source;
  }

  /** An action that handles a request. */
  interface Action {
    void run() throws Exception;
  }

  /** The next bytes; null at the end, which the client or a fault of the connection causes. */
  byte @Nullable [] next() {
    FutureTask<byte @Nullable []> pending = takeAhead();
    if (pending == null) {
      return read();
    }
    byte[] bytes = await(pending);
    if (bytes != null) {
      readAhead();
    }
    return bytes;
  }

  private byte @Nullable [] read() {
    try {
      source.ensureAvailable();
      return source.readBuffer().readBytes();
    } catch (InsufficientDataAvailableException e) {
      return null;
    }
  }

  private @Nullable FutureTask<byte @Nullable []> takeAhead() {
    lock.lock();
    try {
      FutureTask<byte @Nullable []> pending = ahead;
      ahead = null;
      return pending;
    } finally {
      lock.unlock();
    }
  }

  private static byte @Nullable [] await(FutureTask<byte @Nullable []> pending) {
    try {
      return pending.get();
    } catch (InterruptedException e) { // the server closes the connection
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("the connection is closed", e);
    } catch (ExecutionException e) {
      throw new CloseConnectionException("the connection failed", e);
    }
  }

  /**
   * Handles a request. If the client closes its side of the connection meanwhile, the thread is
   * interrupted.
   *
   * @throws CloseConnectionException if the client is gone and the action fails therefore
   */
  void whileConnected(Action action) throws Exception {
    begin();
    try {
      action.run();
    } catch (RuntimeException e) {
      throw end() ? new CloseConnectionException("the client is gone", e) : e;
    } finally {
      end();
    }
  }

  private void begin() {
    lock.lock();
    try {
      computing = Thread.currentThread();
    } finally {
      lock.unlock();
    }
    readAhead();
  }

  /** Ends to interrupt this thread; whether the client is gone. */
  private boolean end() {
    lock.lock();
    try {
      computing = null;
      if (gone) {
        boolean _ = Thread.interrupted();
      }
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /** Reads ahead if a request is computed. */
  private void readAhead() {
    lock.lock();
    try {
      if (computing != null && ahead == null && !gone) {
        ahead = new FutureTask<>(this::readOrLeave);
        Thread.ofVirtual().name("charrnn-serve-client").start(ahead);
      }
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] readOrLeave() {
    byte[] bytes = null;
    try {
      bytes = read();
      return bytes;
    } finally {
      if (bytes == null) {
        leave();
      }
    }
  }

  private void leave() {
    lock.lock();
    try {
      gone = true;
      if (computing != null) {
        computing.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
