package org.charrnn.text.device;

import java.util.function.Supplier;
import org.charrnn.api.Session;

/**
 * A session, and a way to open further ones on the same accelerator with the same options.
 *
 * <p><b>Thread safety.</b> That of the session; any thread may open another one.
 *
 * @param session the session
 * @param opener opens further ones
 */
public record OpenSession(Session session, Supplier<Session> opener) implements AutoCloseable {

  /** Opens a session. */
  public static OpenSession of(Supplier<Session> opener) {
    return new OpenSession(opener.get(), opener);
  }

  /** Opens another session. */
  OpenSession another() {
    return of(opener);
  }

  /** Closes the session, not those that were opened by {@link #another}. */
  @Override
  public void close() {
    session.close();
  }
}
