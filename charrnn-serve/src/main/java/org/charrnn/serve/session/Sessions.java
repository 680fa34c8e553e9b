package org.charrnn.serve.session;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.models.LoadedModel;
import org.charrnn.serve.options.SessionKey;
import org.charrnn.text.scoring.State;
import org.charrnn.text.scoring.StateException;

/**
 * States of models as text that clients carry: the server keeps nothing. They are signed, so that
 * no one else can make them, and belong to one model; they stay valid when the server is started
 * again with the same key.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Sessions {

  private static final String FIELD = "session";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE = 32;

  private final SecretKeySpec key;

  /** Signs with a key. */
  public Sessions(SessionKey key) {
    this.key = new SecretKeySpec(key.bytes(), ALGORITHM);
  }

  /** The text of a state. */
  public String seal(State state) {
    byte[] bytes = state.toBytes();
    byte[] sealed = Arrays.copyOf(sign(bytes), SIGNATURE + bytes.length);
    System.arraycopy(bytes, 0, sealed, SIGNATURE, bytes.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * The state of a text.
   *
   * @throws ApiException if it was not made by {@link #seal} with this key and this model
   */
  public State open(LoadedModel loaded, String text) {
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.field(FIELD, "'session' is no session of this server.");
    }
    if (sealed.length <= SIGNATURE || !isSigned(sealed)) {
      throw ApiException.field(
          FIELD,
          "'session' was signed with another key, or was changed: begin a new session with \"session\": true. Servers with one --session-key FILE continue the sessions of each other.");
    }
    try {
      return loaded.model().resume(Arrays.copyOfRange(sealed, SIGNATURE, sealed.length));
    } catch (StateException e) {
      throw ApiException.field(
          FIELD,
          "'session' cannot be continued: "
              + e.getMessage()
              + " Begin a new session with \"session\": true.");
    }
  }

  private boolean isSigned(byte[] sealed) {
    byte[] signature = Arrays.copyOf(sealed, SIGNATURE);
    return MessageDigest.isEqual(
        signature, sign(Arrays.copyOfRange(sealed, SIGNATURE, sealed.length)));
  }

  private byte[] sign(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
