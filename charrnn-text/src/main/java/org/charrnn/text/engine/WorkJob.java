package org.charrnn.text.engine;

/** Work that is in an engine. */
final class WorkJob extends Job {

  private final Work<?> work;
  private boolean begun;

  WorkJob(Work<?> work) {
    this.work = work;
  }

  void begin() {
    if (!begun) {
      begun = true;
      work.begin();
    }
  }

  @Override
  void release() {
    work.end();
  }

  boolean advance() {
    return work.advance();
  }
}
