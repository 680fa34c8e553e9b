package org.charrnn.text.unicode;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Asks ICU4J for the encoding of bytes. It is on the class path of every Maven project that uses
 * this library. On the module path it is only resolved if the application requires or adds its
 * module, which jlink does not accept because it has no descriptor.
 */
final class EncodingDetector {

  private static final String DETECTOR = "com.ibm.icu.text.CharsetDetector";

  private EncodingDetector() {}

  /** Whether ICU4J is present. */
  static boolean isPresent() {
    try {
      Class.forName(DETECTOR, false, EncodingDetector.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  /** The names of encodings, the most probable one first; none without ICU4J. */
  static Stream<String> candidates(byte[] sample) {
    return isPresent() ? Detection.of(sample) : Stream.empty();
  }

  /** A class of its own, so that the enclosing one can be loaded without ICU4J. */
  private static final class Detection {
    static Stream<String> of(byte[] sample) {
      CharsetDetector detector = new CharsetDetector();
      detector.setText(sample);
      return Arrays.stream(detector.detectAll()).map(CharsetMatch::getName);
    }
  }
}
