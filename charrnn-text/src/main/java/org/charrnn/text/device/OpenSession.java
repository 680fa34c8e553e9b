package org.charrnn.text.device;

import java.util.function.Supplier;
import org.charrnn.api.Session;

/**
 * A session, and a way to open further ones on the same accelerator with the same options.
 *
 * <p><b>Thread safety.</b> That of the session; any thread may open another one.
 *
 * @param session the session
 * @param sessions opens further ones
 */
public record OpenSession(Session session, Supplier<Session> sessions) implements AutoCloseable {

  /** Opens a session. */
  public static OpenSession of(Supplier<Session> sessions) {
    return new OpenSession(sessions.get(), sessions);
  }

  /** Opens another session. */
  OpenSession another() {
    return of(sessions);
  }

  /** Closes the session, not those that were opened by {@link #another}. */
  @Override
  public void close() {
    session.close();
  }
}
