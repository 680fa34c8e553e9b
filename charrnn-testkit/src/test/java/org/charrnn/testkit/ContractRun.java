package org.charrnn.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs a contract the way a build would and tells which of its tests fail. */
public final class ContractRun {

  private ContractRun() {}

  /** The names of the test methods that fail for any of their arguments. */
  public static Set<String> failuresOf(Class<?> contract) {
    return failures(run(selectClass(contract)));
  }

  /** Whether that one test of the contract fails. */
  public static boolean fails(Class<?> contract, String method) {
    EngineExecutionResults results = run(selectMethod(contract, method));
    if (results.testEvents().started().count() == 0) {
      throw new IllegalStateException(contract + " has no test " + method);
    }
    return failures(results).contains(method);
  }

  public static EngineExecutionResults run(DiscoverySelector selector) {
    return EngineTestKit.engine("junit-jupiter").selectors(selector).execute();
  }

  private static Set<String> failures(EngineExecutionResults results) {
    Set<String> names = new TreeSet<>();
    results.allEvents().failed().stream().map(ContractRun::methodOf).forEach(names::add);
    return names;
  }

  /** The test method of the event; a dynamic test and an invocation have the one they come from. */
  private static String methodOf(Event event) {
    return Stream.<TestDescriptor>iterate(
            event.getTestDescriptor(), it -> it.getParent().orElseThrow())
        .flatMap(it -> it.getSource().stream())
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .findFirst()
        .orElseThrow();
  }
}
