package org.charrnn.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.Cell;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Plugin;
import org.charrnn.api.Tokenizer;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * Runs a contract on a plugin as a build would, and reports which of its tests fail.
 *
 * @param contract extends a contract and returns the plugin under test from its factory method
 * @param <P> the kind of plugin
 */
record ContractRun<P extends Plugin>(Class<?> contract) {

  static final ContractRun<Tokenizer> TOKENIZER = new ContractRun<>(OfTokenizer.class);
  static final ContractRun<Cell> CELL = new ContractRun<>(OfCell.class);
  static final ContractRun<Optimizer> OPTIMIZER = new ContractRun<>(OfOptimizer.class);
  static final ContractRun<Accelerator> ACCELERATOR = new ContractRun<>(OfAccelerator.class);

  private static final ScopedValue<Supplier<? extends Plugin>> PLUGIN = ScopedValue.newInstance();

  static class OfTokenizer extends TokenizerContract {
    @Override
    protected Tokenizer tokenizer() {
      return (Tokenizer) PLUGIN.get().get();
    }
  }

  static class OfCell extends CellContract {
    @Override
    protected Cell cell() {
      return (Cell) PLUGIN.get().get();
    }
  }

  static class OfOptimizer extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return (Optimizer) PLUGIN.get().get();
    }
  }

  static class OfAccelerator extends AcceleratorContract {
    @Override
    protected Accelerator accelerator() {
      return (Accelerator) PLUGIN.get().get();
    }
  }

  /** The names of the test methods that fail for any of their arguments. */
  Set<String> failures(Supplier<? extends P> plugin) {
    return failures(execute(plugin));
  }

  /** Whether the given test of the contract fails. */
  boolean fails(Supplier<? extends P> plugin, String test) {
    EngineExecutionResults results = execute(plugin, selectMethod(contract, test));
    if (results.testEvents().started().count() == 0) {
      throw new IllegalStateException(contract + " has no test " + test);
    }
    return failures(results).contains(test);
  }

  /** Runs all tests of the contract. */
  EngineExecutionResults execute(Supplier<? extends P> plugin) {
    return execute(plugin, selectClass(contract));
  }

  private EngineExecutionResults execute(Supplier<? extends P> plugin, DiscoverySelector selector) {
    return ScopedValue.where(PLUGIN, plugin)
        .call(() -> EngineTestKit.engine("junit-jupiter").selectors(selector).execute());
  }

  private static Set<String> failures(EngineExecutionResults results) {
    Set<String> names = new TreeSet<>();
    results.allEvents().failed().stream().map(ContractRun::methodOf).forEach(names::add);
    return names;
  }

  /** The test method of an event; for a dynamic test, its factory. */
  private static String methodOf(Event event) {
    return Stream.<TestDescriptor>iterate(
            event.getTestDescriptor(), test -> test.getParent().orElseThrow())
        .flatMap(test -> test.getSource().stream())
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .findFirst()
        .orElseThrow();
  }
}
