package org.charrnn.accel.tornado;

import java.io.PrintStream;
import java.util.Arrays;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests on a machine that builds nothing, see {@code benchmarks/check-gpu.sh}. The arguments
 * are classes, or methods such as {@code org.example.FooTest#name}.
 */
final class TestMain {

  private TestMain() {}

  /** Exits with 1 if a test failed or none ran. */
  public static void main(String[] arguments) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(arguments).map(TestMain::selector).toList())
            .build();
    Listener listener = new Listener(System.out);
    LauncherFactory.create().execute(request, listener);
    System.exit(listener.passed > 0 && listener.failed == 0 ? 0 : 1);
  }

  private static DiscoverySelector selector(String name) {
    return name.contains("#")
        ? DiscoverySelectors.selectMethod(name)
        : DiscoverySelectors.selectClass(name);
  }

  /** Prints one line for each test that has ended. */
  private static final class Listener implements TestExecutionListener {

    private final PrintStream out;
    private int passed;
    private int failed;

    Listener(PrintStream out) {
      this.out = out;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean isSuccessful = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      if (test.isTest()) {
        passed += isSuccessful ? 1 : 0;
        out.println("test " + result.getStatus() + " " + test.getDisplayName());
      }
      failed += isSuccessful ? 0 : 1;
      result.getThrowable().ifPresent(reason -> out.println("  " + reason));
    }
  }
}
