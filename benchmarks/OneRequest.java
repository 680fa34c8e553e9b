import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;

/**
 * Measures one request at a time on an idle model, in characters per second: {@code OneRequest.java
 * MODEL PROMPT THREADS ACCELERATOR}. Runs with any version of the library, since it names no type
 * that has moved; see one-request.sh.
 */
class OneRequest {

  private static final int SYMBOLS = 2000;
  private static final int REPETITIONS = 15;

  public static void main(String[] arguments) throws Exception {
    Method generate =
        Arrays.stream(LanguageModel.class.getMethods())
            .filter(it -> it.getName().equals("generate") && it.getParameterCount() == 1)
            .findFirst()
            .orElseThrow();
    Method sampled =
        generate
            .getParameterTypes()[0]
            .getMethod("sampled", String.class, int.class, double.class, long.class);
    try (LanguageModel model =
        CharRnn.create()
            .withAccelerator(arguments[3])
            .withOptions(
                AcceleratorOptions.defaults().withThreads(Integer.parseInt(arguments[2])))
            .load(Path.of(arguments[0]))) {
      double[] rates = new double[REPETITIONS];
      for (int i = -REPETITIONS; i < REPETITIONS; i++) { // the first ones warm up
        Object request = sampled.invoke(null, arguments[1], SYMBOLS, 1.0, (long) i);
        long start = System.nanoTime();
        generate.invoke(model, request);
        rates[Math.max(0, i)] = SYMBOLS * 1e9 / (System.nanoTime() - start);
      }
      Arrays.sort(rates);
      System.out.printf("%.0f%n", rates[REPETITIONS / 2]);
    }
  }
}
