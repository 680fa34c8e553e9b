package org.charrnn.api.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyDouble;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Cell;
import org.charrnn.api.DeviceException;
import org.charrnn.api.HostRows;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Initializer;
import org.charrnn.api.Memory;
import org.charrnn.api.Optimizer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Plugin;
import org.charrnn.api.ScoreChooser;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Session;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.Weights;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.TensorTooLargeException;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Whatever a plugin does wrong is reported with its name, its class and its jar. */
class GuardTest {

  private static <P extends Plugin> P named(Class<P> type) {
    P plugin = mock(type);
    when(plugin.name()).thenReturn("odd-one");
    return plugin;
  }

  private static void assertFault(String fault, Executable call) {
    String message = assertThrows(PluginException.class, call).getMessage();
    assertTrue(message.contains(" 'odd-one' has a fault: "), message);
    assertTrue(message.contains(fault), message);
    assertTrue(message.contains("report this to its authors"), message);
  }

  private static String place() {
    var source = GuardTest.class.getProtectionDomain().getCodeSource();
    return Path.of(URI.create(source.getLocation().toString())).toString();
  }

  /** A class of this project, so that its place is known. */
  static final class Faulty implements Tokenizer {
    @Override
    public String name() {
      return "odd-one";
    }

    @Override
    public void split(String text, Consumer<String> symbols) {
      throw new IllegalArgumentException("no luck");
    }
  }

  @Test
  void fault_namesPluginClassAndPlace() {
    assertEquals(
        "The tokenizer 'odd-one' has a fault: split failed with java.lang.IllegalArgumentException:"
            + " no luck. It is "
            + Faulty.class.getName()
            + " in "
            + place()
            + "; report this to its authors, or use another tokenizer.",
        assertThrows(
                PluginException.class,
                () -> PluginKind.TOKENIZER.guarded(new Faulty()).split("a", _ -> {}))
            .getMessage());
  }

  @Test
  void exceptionsForTheUser_pass() {
    Cell cell = named(Cell.class);
    when(cell.parameters(anyInt(), anyInt())).thenThrow(new DeviceException("too small"));
    assertThrows(DeviceException.class, () -> PluginKind.CELL.guarded(cell).parameters(1, 2));
    Cell large = named(Cell.class);
    when(large.parameters(anyInt(), anyInt()))
        .thenAnswer(_ -> List.of(ParameterSpec.weight("w", 1 << 20, 1 << 20)));
    assertThrows(
        TensorTooLargeException.class, () -> PluginKind.CELL.guarded(large).parameters(1, 2));
  }

  @Test
  void exceptionsOfAConsumer_pass() {
    Tokenizer tokenizer = named(Tokenizer.class);
    splitsInto(tokenizer, "a");
    when(tokenizer.join(any())).thenReturn("a");
    RuntimeException failure = new IllegalStateException("the consumer's own");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                PluginKind.TOKENIZER
                    .guarded(tokenizer)
                    .split(
                        "a",
                        _ -> {
                          throw failure;
                        })));
  }

  // ---- cells

  private static Cell cellWith(ParameterSpec... specs) {
    Cell cell = named(Cell.class);
    when(cell.parameters(anyInt(), anyInt())).thenReturn(Arrays.asList(specs));
    return PluginKind.CELL.guarded(cell);
  }

  @Test
  void cell_parameters() {
    ParameterSpec w = ParameterSpec.bias("w", 3);
    assertFault("parameters has 'w' twice", () -> cellWith(w, w).parameters(2, 3));
    assertFault(
        "parameters has the impossible name 'w.x'",
        () -> cellWith(ParameterSpec.bias("w.x", 3)).parameters(2, 3));
    assertFault(
        "NullPointerException", () -> cellWith(new ParameterSpec[] {null}).parameters(2, 3));
    Cell none = named(Cell.class);
    when(none.parameters(anyInt(), anyInt())).thenReturn(null);
    assertFault("parameters returned null", () -> PluginKind.CELL.guarded(none).parameters(2, 3));
  }

  @Test
  void cell_initializer() {
    ParameterSpec throwing =
        ParameterSpec.bias(
            "b",
            3,
            (_, _) -> {
              throw new ArithmeticException("/ by zero");
            });
    ParameterSpec infinite = ParameterSpec.bias("b", 3, Initializer.constant(1e300));
    for (ParameterSpec spec : List.of(throwing, infinite)) {
      assertFault(
          "the initializer of 'b'",
          () ->
              cellWith(spec)
                  .parameters(2, 3)
                  .getFirst()
                  .initializer()
                  .fill(new float[3], new SeededRandom(1)));
    }
  }

  @Test
  void cell_states() {
    Cell cell = named(Cell.class);
    Cell guarded = PluginKind.CELL.guarded(cell);
    when(cell.states()).thenReturn(List.of());
    assertFault("it has no states", guarded::states);
    when(cell.states()).thenReturn(List.of("h", "h"));
    assertFault("states has 'h' twice", guarded::states);
  }

  @Test
  void cell_step() {
    Graph graph = new Graph();
    Tensor state = graph.zeros(Shape.of(2, 3));
    Cell cell = named(Cell.class);
    Cell guarded = PluginKind.CELL.guarded(cell);
    Weights weights = new Weights(Map.of());
    when(cell.step(any(), any(), any())).thenReturn(List.of());
    assertFault(
        "step returned 0 states, expected 1", () -> guarded.step(state, List.of(state), weights));
    when(cell.step(any(), any(), any())).thenReturn(List.of(graph.zeros(Shape.of(2, 4))));
    assertFault(
        "step returned a tensor of shape [2, 4], expected [2, 3]",
        () -> guarded.step(state, List.of(state), weights));
    when(cell.step(any(), any(), any())).thenThrow(new StackOverflowError());
    assertFault("StackOverflowError", () -> guarded.step(state, List.of(state), weights));
  }

  // ---- optimizers

  @Test
  void optimizer() {
    Optimizer optimizer = named(Optimizer.class);
    Optimizer guarded = PluginKind.OPTIMIZER.guarded(optimizer);
    when(optimizer.defaultLearningRate()).thenReturn(Double.NaN, 0.0, 1e300);
    for (int i = 0; i < 3; i++) {
      assertFault("defaultLearningRate returned ", guarded::defaultLearningRate);
    }
    when(optimizer.states()).thenReturn(null);
    assertFault("states returned null", guarded::states);
    Hyperparameter one = new Hyperparameter("beta", 0.5, 0, 1, "a number");
    when(optimizer.hyperparameters()).thenReturn(List.of(one, one));
    assertFault("hyperparameters has 'beta' twice", guarded::hyperparameters);
    Tensor two = new Graph().zeros(Shape.of(2));
    Tensor three = new Graph().zeros(Shape.of(3));
    when(optimizer.update(any(), any(), any(), any())).thenReturn(Optimizer.Update.of(three));
    assertFault(
        "update returned a tensor of shape [3], expected [2]",
        () -> guarded.update(two, two, List.of(), mock()));
    when(optimizer.update(any(), any(), any(), any())).thenReturn(Optimizer.Update.of(two, two));
    assertFault(
        "update returned 1 states, expected 0", () -> guarded.update(two, two, List.of(), mock()));
  }

  @Test
  void optimizer_thatRefusesHyperparameters_isNotAtFault() {
    Optimizer optimizer = named(Optimizer.class);
    Optimizer guarded = PluginKind.OPTIMIZER.guarded(optimizer);
    doThrow(new IllegalArgumentException("set one of the two"), new ArithmeticException())
        .when(optimizer)
        .check(any());
    assertEquals(
        "set one of the two",
        assertThrows(
                IllegalArgumentException.class, () -> Hyperparameters.resolve(guarded, Map.of()))
            .getMessage());
    assertFault(
        "check failed with java.lang.ArithmeticException",
        () -> Hyperparameters.resolve(guarded, Map.of()));
  }

  // ---- tokenizers

  private static void splitsInto(Tokenizer tokenizer, String... symbols) {
    doAnswer(
            call -> {
              Consumer<String> consumer = call.getArgument(1);
              Arrays.asList(symbols).forEach(consumer);
              return null;
            })
        .when(tokenizer)
        .split(any(), any());
  }

  @Test
  void tokenizer_split() {
    Tokenizer tokenizer = named(Tokenizer.class);
    when(tokenizer.join(any()))
        .thenAnswer(call -> String.join("", call.<List<String>>getArgument(0)));
    Tokenizer guarded = PluginKind.TOKENIZER.guarded(tokenizer);
    splitsInto(tokenizer, "a", "");
    assertFault("an empty symbol", () -> guarded.split("a", _ -> {}));
    splitsInto(tokenizer, "a", null);
    assertFault("an empty symbol", () -> guarded.split("a", _ -> {}));
    splitsInto(tokenizer, "\uD83D", "\uDE00");
    assertFault("half of a surrogate pair", () -> guarded.split("\uD83D\uDE00", _ -> {}));
    splitsInto(tokenizer, "a", "b");
    assertFault("joined, are not the text, near: a b", () -> guarded.split("a b", _ -> {}));
  }

  /** A long text is split in parts; the symbols of all of them are delivered in order. */
  @Test
  void tokenizer_longText() {
    Tokenizer words =
        new Tokenizer() {
          @Override
          public String name() {
            return "words";
          }

          @Override
          public void split(String text, Consumer<String> symbols) {
            Arrays.stream(text.split("(?<=[ \n])")).filter(it -> !it.isEmpty()).forEach(symbols);
          }
        };
    String text = ("a \uD83D\uDE00bc ".repeat(70_000) + "\n") + "d e\n".repeat(50_000) + "end";
    List<String> expected = new ArrayList<>();
    words.split(text, expected::add);
    List<String> symbols = new ArrayList<>();
    PluginKind.TOKENIZER.guarded(words).split(text, symbols::add);
    assertEquals(expected, symbols);
  }

  @Test
  void tokenizer_cut_join() {
    Tokenizer tokenizer = named(Tokenizer.class);
    Tokenizer guarded = PluginKind.TOKENIZER.guarded(tokenizer);
    for (int cut : new int[] {-1, 3, 1}) {
      when(tokenizer.cut(any())).thenReturn(cut);
      assertFault("cut of a text of length 2 returned " + cut, () -> guarded.cut("\uD83D\uDE00"));
    }
    when(tokenizer.join(any())).thenReturn(null);
    assertFault("join returned null", () -> guarded.join(List.of("a")));
  }

  // ---- accelerators

  @Test
  void accelerator_priority_isAskedOnce_andItsFailureIsAProblem() {
    Accelerator accelerator = named(Accelerator.class);
    when(accelerator.priority()).thenThrow(new IllegalStateException("none"));
    assertFault("priority failed with", () -> PluginKind.ACCELERATOR.guarded(accelerator));
  }

  @Test
  void accelerator_availability_neverThrows() {
    Accelerator accelerator = named(Accelerator.class);
    Accelerator guarded = PluginKind.ACCELERATOR.guarded(accelerator);
    when(accelerator.availability()).thenReturn(null);
    assertInstanceOf(Availability.Unavailable.class, guarded.availability());
    when(accelerator.availability()).thenThrow(new NoClassDefFoundError("vendor/Driver"));
    assertTrue(guarded.availability().toString().contains("vendor/Driver"));
  }

  @Test
  void accelerator_open() {
    Accelerator accelerator = named(Accelerator.class);
    Accelerator guarded = PluginKind.ACCELERATOR.guarded(accelerator);
    AcceleratorOptions options = AcceleratorOptions.defaults();
    assertFault("open returned null", () -> guarded.open(options));
    when(accelerator.open(any()))
        .thenThrow(new IllegalArgumentException("there is no such device"));
    assertFault("there is no such device", () -> guarded.open(options));
    assertThrows(
        IllegalArgumentException.class,
        () -> guarded.open(new AcceleratorOptions(1, Optional.of("gpu7"))));
  }

  @Test
  void accelerator_open_unavailable_namesTheRemedy() {
    Accelerator accelerator = named(Accelerator.class);
    when(accelerator.open(any())).thenThrow(new IllegalStateException("no driver"));
    when(accelerator.availability())
        .thenReturn(new Availability.Unavailable("no driver", "Install one"));
    assertEquals(
        "Accelerator 'odd-one' cannot be used here: no driver. Install one.",
        assertThrows(
                NoSuchPluginException.class,
                () ->
                    PluginKind.ACCELERATOR.guarded(accelerator).open(AcceleratorOptions.defaults()))
            .getMessage());
  }

  @Test
  void session_failuresNameTheAccelerator_exceptionsOfTheContractPass() {
    Session session = mock();
    Memory memory = mock();
    when(session.allocate(any(), any())).thenReturn(memory);
    org.charrnn.api.Executable executable = mock();
    when(session.compile(any(), any())).thenReturn(executable);
    Session guarded = guardedSession(session);
    Memory allocated = guarded.allocate(Type.F32, Shape.of(2));
    Program program = Compiler.compile(new Graph(), "nothing");
    org.charrnn.api.Executable compiled = guarded.compile(program, Map.of("x", allocated));
    verify(session).compile(program, Map.of("x", memory));

    doThrow(new NullPointerException("oops")).when(executable).run();
    assertFault("run failed with java.lang.NullPointerException: oops", compiled::run);
    doThrow(new IllegalArgumentException("wrong length")).when(memory).write(any(float[].class));
    assertThrows(IllegalArgumentException.class, () -> allocated.write(new float[3]));
    doThrow(new IllegalStateException("this session was closed")).when(executable).run();
    assertFault("this session was closed", compiled::run);
    guarded.close();
    assertThrows(IllegalStateException.class, compiled::run);
  }

  @Test
  void session_hostRows_failuresNameTheAccelerator() {
    Session session = mock();
    Memory memory = mock();
    HostRows rows = mock();
    when(session.allocate(any(), any())).thenReturn(memory);
    when(memory.hostRows()).thenReturn(Optional.of(rows)).thenReturn(null);
    Memory allocated = guardedSession(session).allocate(Type.F32, Shape.of(2));
    HostRows guarded = allocated.hostRows().orElseThrow();
    doThrow(new NullPointerException("oops")).when(rows).read(anyInt(), any());
    assertFault(
        "read failed with java.lang.NullPointerException: oops",
        () -> guarded.read(0, new float[2]));
    doThrow(new IllegalArgumentException("no such row")).when(rows).write(anyInt(), any());
    assertThrows(IllegalArgumentException.class, () -> guarded.write(7, new float[2]));
    assertFault("hostRows returned null", allocated::hostRows);
  }

  private static Session guardedSession(Session session) {
    Accelerator accelerator = named(Accelerator.class);
    when(accelerator.open(any())).thenReturn(session);
    return PluginKind.ACCELERATOR.guarded(accelerator).open(AcceleratorOptions.defaults());
  }

  @Test
  void session_chooser_failuresNameTheAccelerator() {
    Session session = mock(Session.class);
    ScoreChooser chooser = mock(ScoreChooser.class);
    when(session.chooser(2))
        .thenReturn(Optional.of(chooser))
        .thenThrow(new NullPointerException("oops"));
    when(chooser.choose(any(), anyDouble(), anyInt(), anyDouble(), anyDouble()))
        .thenReturn(1, ScoreChooser.UNDECIDED, 2, -2)
        .thenThrow(new ArithmeticException("tired"));
    Session guarded = guardedSession(session);
    ScoreChooser guardedChooser = guarded.chooser(2).orElseThrow();
    float[] scores = {1, 2};
    assertEquals(1, guardedChooser.choose(scores, 0.5, 2, 0.9, 0.25));
    verify(chooser).choose(scores, 0.5, 2, 0.9, 0.25);
    assertEquals(ScoreChooser.UNDECIDED, guardedChooser.choose(scores, 1, 1, 1, 0));
    for (int impossible : new int[] {2, -2}) {
      assertFault(
          "choose returned the id " + impossible + " of 2",
          () -> guardedChooser.choose(scores, 1, 1, 1, 0));
    }
    assertFault(
        "choose failed with java.lang.ArithmeticException: tired",
        () -> guardedChooser.choose(scores, 1, 1, 1, 0));
    assertFault(
        "chooser failed with java.lang.NullPointerException: oops", () -> guarded.chooser(2));
  }

  @Test
  void session_forEach_failureOfTheSession_namesTheAccelerator() {
    Session session = mock();
    doThrow(new NullPointerException("oops")).when(session).forEach(anyInt(), any());
    assertFault(
        "forEach failed with java.lang.NullPointerException: oops",
        () -> guardedSession(session).forEach(2, _ -> {}));
  }

  @Test
  void session_forEach_failureOfTheWork_passes() {
    Session session = mock();
    doCallRealMethod().when(session).forEach(anyInt(), any());
    Session guarded = guardedSession(session);
    NullPointerException exception = new NullPointerException("oops");
    assertSame(
        exception,
        assertThrows(
            NullPointerException.class,
            () ->
                guarded.forEach(
                    2,
                    _ -> {
                      throw exception;
                    })));
    AssertionError error = new AssertionError("oops");
    assertSame(
        error,
        assertThrows(
            AssertionError.class,
            () ->
                guarded.forEach(
                    2,
                    _ -> {
                      throw error;
                    })));
  }
}
