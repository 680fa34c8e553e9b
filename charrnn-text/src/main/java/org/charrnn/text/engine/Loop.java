package org.charrnn.text.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.charrnn.api.DeviceException;
import org.charrnn.text.decoding.Workspace;
import org.charrnn.text.engine.RowModel.Row;
import org.jspecify.annotations.Nullable;

/**
 * Advances all jobs of a model. Texts that are generated advance together, one symbol per
 * iteration; long prompts and other work advance by one portion per iteration, and take at most
 * about half of the time while texts are generated.
 *
 * <p>Jobs enter in the order in which they come, as long as there are places; those that have
 * entered keep their places until they end, are canceled, or wait for their reader.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change.
 */
final class Loop {

  /** The maximum number of prompts of which a portion is read at once. */
  private static final int MAX_PROMPTS = 8;

  /**
   * How long a reader may wait for a symbol that is there, for each text that is generated: waking
   * a reader takes time, and so does delivering what it reads, about as much for one symbol as for
   * twenty. The first symbol is announced at once.
   */
  private static final long WAKE_NANOS = 2_000_000;

  /** The number of scores from which on it saves time to share them among threads. */
  private static final int MIN_SHARED_SCORES = 1 << 14;

  /** So many jobs are decoded by one thread, then the next ones by whichever thread is free. */
  private static final int JOBS_OF_A_PART = 2;

  private final RowModel model;
  private final Meter meter;
  private final Queue<Workspace> workspaces = new ConcurrentLinkedQueue<>(); // that are free
  private final Deque<RowJob> waiting = new ArrayDeque<>();
  private final Deque<RowJob> reading = new ArrayDeque<>();
  private final List<RowJob> stepping = new ArrayList<>();
  private final Deque<WorkJob> works = new ArrayDeque<>();
  private @Nullable DeviceException fault;
  private int places; // of the jobs that read and step
  private long portionNanos; // the time of portions that steps have not yet made up for
  private long woken;
  private boolean worked; // whether the last portion was one of work, not of a prompt

  Loop(RowModel model, Meter meter) {
    this.model = model;
    this.meter = meter;
  }

  /** Takes a job, which may have been here before. */
  void add(Job job) {
    DeviceException broken = fault;
    if (broken != null) {
      job.fail(broken);
      return;
    }
    switch (job) {
      case RowJob rows -> waiting.add(rows);
      case WorkJob work -> {
        works.add(work);
        begin(work);
      }
      default -> throw new IllegalArgumentException("an unknown kind of job: " + job);
    }
  }

  boolean isIdle() {
    return waiting.isEmpty() && reading.isEmpty() && stepping.isEmpty() && works.isEmpty();
  }

  /** Ends all jobs. */
  void fail(Throwable thrown) {
    for (Deque<? extends Job> jobs : List.of(waiting, reading, works)) {
      while (!jobs.isEmpty()) {
        jobs.removeFirst().fail(thrown);
      }
    }
    while (!stepping.isEmpty()) {
      stepping.removeLast().fail(thrown);
    }
    places = 0;
  }

  /** Advances all jobs. */
  void iterate() {
    long start = System.nanoTime();
    advanceAll();
    if (stepping.isEmpty()) {
      meter.rest();
    }
    meter.addBusy(System.nanoTime() - start);
  }

  private void advanceAll() {
    dropCancelled();
    admit();
    boolean hasPortions = !(reading.isEmpty() && works.isEmpty());
    if (hasPortions && (stepping.isEmpty() || portionNanos <= 0)) {
      wakeReaders(true);
      long start = System.nanoTime();
      portion();
      portionNanos = stepping.isEmpty() ? 0 : portionNanos + System.nanoTime() - start;
    }
    if (!stepping.isEmpty()) {
      long start = System.nanoTime();
      step();
      long end = System.nanoTime();
      portionNanos = Math.max(0, portionNanos - (end - start));
      boolean due = end - woken > WAKE_NANOS * stepping.size();
      if (due) {
        woken = end;
      }
      wakeReaders(due);
    }
  }

  private void wakeReaders(boolean all) {
    for (RowJob job : stepping) {
      if (all || job.isUnannounced()) {
        job.announce();
      }
    }
  }

  // ---- jobs enter and leave

  private void dropCancelled() {
    waiting.removeIf(Job::isCancelled);
    dropCancelledWork();
    dropCancelled(reading.iterator());
    dropCancelled(stepping.iterator());
  }

  private void dropCancelledWork() {
    for (Iterator<WorkJob> jobs = works.iterator(); jobs.hasNext(); ) {
      WorkJob job = jobs.next();
      if (job.isCancelled()) {
        jobs.remove();
        job.complete(); // so that it leaves those that it computes with
      }
    }
  }

  private void dropCancelled(Iterator<RowJob> jobs) {
    while (jobs.hasNext()) {
      RowJob job = jobs.next();
      if (job.isCancelled()) {
        jobs.remove();
        places -= job.places(model);
      }
    }
  }

  private void admit() {
    while (!waiting.isEmpty() && fits(waiting.getFirst())) {
      RowJob job = waiting.removeFirst();
      places += job.places(model);
      job.enter(model);
      place(job);
    }
  }

  private boolean fits(RowJob job) {
    return places + job.places(model) <= model.maxRows();
  }

  private void place(RowJob job) {
    if (job.hasChunk(model.chunk())) {
      reading.add(job);
    } else if (job.isRead()) {
      end(job);
    } else {
      stepping.add(job);
    }
  }

  private void end(RowJob job) {
    places -= job.places(model);
    try {
      job.complete(model);
    } catch (RuntimeException | Error e) {
      job.fail(e);
    }
  }

  // ---- portions

  private void portion() {
    boolean prompts = !reading.isEmpty() && (worked || works.isEmpty());
    worked = !prompts;
    if (prompts) {
      readPrompts();
    } else {
      advance(works.removeFirst());
    }
  }

  private void readPrompts() {
    List<RowJob> jobs = new ArrayList<>();
    while (jobs.size() < MAX_PROMPTS && !reading.isEmpty()) {
      jobs.add(reading.removeFirst());
    }
    int chunk = model.chunk();
    int[] ids = new int[jobs.size() * chunk];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      rows.add(jobs.get(i).rows().getFirst());
      System.arraycopy(jobs.get(i).takeChunk(chunk), 0, ids, i * chunk, chunk);
    }
    try {
      model.read(rows, ids);
    } catch (RuntimeException | Error e) {
      fail(jobs, e);
      return;
    }
    jobs.forEach(this::place);
  }

  private void begin(WorkJob job) {
    try {
      job.begin();
    } catch (RuntimeException | Error e) {
      works.remove(job);
      job.fail(e);
    }
  }

  /** A fault is that of the work alone, which may need more than the device has. */
  private void advance(WorkJob job) {
    boolean more;
    try {
      more = job.advance();
    } catch (RuntimeException | Error e) {
      job.fail(e);
      return;
    }
    if (more) {
      works.addLast(job);
    } else {
      job.complete();
    }
  }

  // ---- steps

  private void step() {
    List<Row> rows = new ArrayList<>();
    for (RowJob job : stepping) {
      rows.addAll(job.rows());
    }
    int[] ids = new int[rows.size()];
    int next = 0;
    for (RowJob job : stepping) {
      for (int row = 0; row < job.rows().size(); row++) {
        ids[next++] = job.id(row);
      }
    }
    try {
      model.step(rows, ids);
    } catch (RuntimeException | Error e) {
      List<RowJob> jobs = new ArrayList<>(stepping);
      stepping.clear();
      fail(jobs, e);
      return;
    }
    meter.addStep(rows.size());
    continueAfterStep();
  }

  private void continueAfterStep() {
    decode();
    for (Iterator<RowJob> jobs = stepping.iterator(); jobs.hasNext(); ) {
      RowJob job = jobs.next();
      try {
        if (!job.follow(model)) {
          jobs.remove();
          end(job);
        } else if (job.isFull()) {
          jobs.remove();
          places -= job.places(model);
          job.pause();
        }
      } catch (RuntimeException | Error e) {
        jobs.remove();
        places -= job.places(model);
        job.fail(e);
      }
    }
  }

  /** Decides how the texts continue: many at once, since none depends on another one. */
  private void decode() {
    List<RowJob> jobs = new ArrayList<>();
    int[] firsts = new int[stepping.size()];
    int rows = 0;
    for (RowJob job : stepping) {
      if (job.advance()) {
        firsts[jobs.size()] = rows;
        jobs.add(job);
      }
      rows += job.rows().size();
    }
    int some = rows * (long) model.vocabularySize() >= MIN_SHARED_SCORES ? JOBS_OF_A_PART : rows;
    if (jobs.size() > some) {
      int parts = (jobs.size() + some - 1) / some;
      model.forEach(
          parts,
          part -> {
            int from = part * some;
            decode(jobs, firsts, from, Math.min(from + some, jobs.size()));
          });
    } else {
      decode(jobs, firsts, 0, jobs.size());
    }
  }

  /** Any thread may call this, for distinct jobs. */
  private void decode(List<RowJob> jobs, int[] firsts, int from, int to) {
    Workspace free = workspaces.poll();
    Workspace workspace = free == null ? newWorkspace() : free;
    for (int i = from; i < to; i++) {
      jobs.get(i).decode(model, firsts[i], workspace);
    }
    workspaces.add(workspace);
  }

  private Workspace newWorkspace() {
    return new Workspace(model.vocabularySize(), model.chooser());
  }

  /** The rows of these jobs were computed together, and all are lost. */
  private void fail(List<RowJob> jobs, Throwable thrown) {
    for (RowJob job : jobs) {
      places -= job.places(model);
      job.fail(thrown);
    }
    if (thrown instanceof DeviceException e) {
      fault = e;
      fail(thrown);
    }
  }

  /** The number of texts that are being read or generated. */
  int active() {
    return waiting.size() + reading.size() + stepping.size();
  }
}
