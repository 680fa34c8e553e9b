package org.charrnn.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs a contract the way a build would and tells which of its tests fail. */
final class ContractRun {

  private static final Pattern METHOD =
      Pattern.compile("\\[(?:method|test-factory|test-template):(\\w+)\\(");

  private ContractRun() {}

  /** The names of the test methods that fail for any of their arguments. */
  static Set<String> failuresOf(Class<?> contract) {
    return failures(run(selectClass(contract)));
  }

  /** Whether that one test of the contract fails. */
  static boolean fails(Class<?> contract, String method) {
    EngineExecutionResults results = run(selectMethod(contract, method));
    if (results.testEvents().started().count() == 0) {
      throw new IllegalStateException(contract + " has no test " + method);
    }
    return failures(results).contains(method);
  }

  static EngineExecutionResults run(DiscoverySelector selector) {
    return EngineTestKit.engine("junit-jupiter").selectors(selector).execute();
  }

  private static Set<String> failures(EngineExecutionResults results) {
    Set<String> names = new TreeSet<>();
    results.allEvents().failed().stream().map(ContractRun::methodOf).forEach(names::add);
    return names;
  }

  private static String methodOf(Event event) {
    String id = event.getTestDescriptor().getUniqueId().toString();
    Matcher matcher = METHOD.matcher(id);
    return matcher.find() ? matcher.group(1) : id;
  }
}
