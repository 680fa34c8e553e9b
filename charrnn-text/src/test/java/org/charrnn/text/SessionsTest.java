package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.CharRnnException;
import org.charrnn.api.Executable;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;

/** Models and trainers close the session that they opened, also if they fail. */
class SessionsTest {

  private static final ScopedValue<Session> SESSION = ScopedValue.newInstance();

  @TempDir private Path folder;

  /** An accelerator that opens the session of the test that runs. */
  public static final class GivenSession implements Accelerator {
    @Override
    public String name() {
      return "given-session";
    }

    @Override
    public int priority() {
      return -1;
    }

    @Override
    public Availability availability() {
      return new Availability.Available("the session of a test");
    }

    @Override
    public Session open(AcceleratorOptions options) {
      return SESSION.get();
    }
  }

  private static CharRnn charRnn() {
    return CharRnn.create().withAccelerator("given-session");
  }

  @Test
  void impossibleOptions_areRefused_beforeTheAcceleratorIsAsked() {
    Accelerator accelerator = mock();
    CharRnn charRnn = CharRnn.create().withAccelerator(accelerator);
    TrainingConfig tooLong =
        TestRuns.config().toBuilder().windows(it -> it.seqLength(1_000_000)).build();
    assertThrows(CharRnnException.class, () -> charRnn.trainer(TestRuns.CORPUS, tooLong));
    Path missing = folder.resolve("gone.ckpt");
    assertThrows(CharRnnException.class, () -> charRnn.load(missing));
    assertThrows(CharRnnException.class, () -> charRnn.resume(missing, TestRuns.CORPUS));
    assertThrows(
        CharRnnException.class,
        () -> charRnn.fineTune(missing, TestRuns.CORPUS, tooLong, NewSymbols.EXTEND));
    verifyNoInteractions(accelerator);
  }

  private static void in(Session session, Runnable test) {
    ScopedValue.where(SESSION, session).run(test);
  }

  private static Session working() {
    Session real =
        Plugins.accelerators().get("java").open(AcceleratorOptions.defaults().withThreads(1));
    return mock(Session.class, delegatesTo(real));
  }

  private static Session withoutMemory() {
    Session session = mock();
    when(session.allocate(any(), any())).thenThrow(new IllegalStateException("no memory"));
    return session;
  }

  private static Accelerator opening(Supplier<Session> sessions) {
    Accelerator java = Plugins.accelerators().get("java");
    Accelerator accelerator = mock(Accelerator.class, delegatesTo(java));
    doAnswer(_ -> sessions.get()).when(accelerator).open(any());
    return accelerator;
  }

  private Path model() {
    Path file = folder.resolve("model.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.save(file);
    }
    return file;
  }

  @Test
  void load_thatFails_closesItsSession() {
    Path file = model();
    Session session = withoutMemory();
    in(session, () -> assertThrows(RuntimeException.class, () -> charRnn().load(file)));
    verify(session).close();
  }

  @Test
  void trainer_thatFails_closesItsSession() {
    Session session = withoutMemory();
    in(
        session,
        () ->
            assertThrows(
                RuntimeException.class,
                () -> charRnn().trainer(TestRuns.CORPUS, TestRuns.config())));
    verify(session).close();
  }

  @Test
  void train_whoseStepFails_closesItsSession() {
    Session session = working();
    Executable failing = mock();
    doThrow(new IllegalStateException("device lost")).when(failing).run();
    doReturn(failing).when(session).compile(any(), any());
    in(
        session,
        () ->
            assertThrows(
                RuntimeException.class,
                () ->
                    charRnn()
                        .train(TestRuns.CORPUS, TestRuns.config(), TrainingListener.silent())));
    InOrder calls = inOrder(failing, session);
    calls.verify(failing).run();
    calls.verify(session).close();
  }

  @Test
  void close_ofAModel_closesItsSession() {
    Path file = model();
    Session session = working();
    in(
        session,
        () -> {
          LanguageModel model = charRnn().load(file);
          verify(session, never()).close();
          model.close();
        });
    verify(session, atLeastOnce()).close();
  }

  @Test
  void close_ofAnAdaptingScorer_closesItsSession_andTheModelHasAllocatedNothing() {
    Path file = model();
    List<Session> opened = new ArrayList<>();
    Accelerator accelerator =
        opening(() -> {
          Session session = working();
          opened.add(session);
          return session;
        });
    try (LanguageModel model = CharRnn.create().withAccelerator(accelerator).load(file)) {
      model.score("山前有水");
      Session own = opened.getFirst();
      long before = allocations(own);
      for (int i = 0; i < 3; i++) {
        try (AdaptingScorer adapting = model.adapting(0.01)) {
          adapting.score("山前有水");
          verify(opened.getLast(), never()).close();
        }
        verify(opened.getLast(), atLeastOnce()).close();
      }
      assertEquals(4, opened.size());
      assertEquals(before, allocations(own));
      verify(own, never()).close();
    }
  }

  private static long allocations(Session session) {
    return mockingDetails(session).getInvocations().stream()
        .map(call -> call.getMethod().getName())
        .filter(Set.of("allocate", "compile")::contains)
        .count();
  }

  @Test
  void adaptingScorer_thatCannotBeMade_closesItsSession() {
    Path file = model();
    Session full = withoutMemory();
    Iterator<Session> sessions = List.of(working(), full).iterator();
    try (LanguageModel model =
        CharRnn.create().withAccelerator(opening(sessions::next)).load(file)) {
      assertThrows(RuntimeException.class, () -> model.adapting(0.01));
      verify(full).close();
    }
  }

  @Test
  void close_ofTheModelOfATrainer_leavesTheSessionToTheTrainer() {
    Session session = working();
    in(
        session,
        () -> {
          Trainer trainer = charRnn().trainer(TestRuns.CORPUS, TestRuns.config());
          trainer.model().close();
          verify(session, never()).close();
          trainer.close();
        });
    verify(session, atLeastOnce()).close();
  }
}
