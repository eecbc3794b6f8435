package io.redward.leader.history;

import io.redward.leader.system.QueryLog.Event;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of history in one directory: writes events as they come, and gives back those of
/// earlier runs.
public final class HistoryLog implements Consumer<Event>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryLog.class);
  private static final String SUFFIX = ".history";
  private static final int QUEUED = 20_000;

  /// So many wait for no second to pass.
  private static final int MANY = QUEUED / 8;

  private static final long FLUSH_MILLIS = 1_000;

  /// A statement waits for a disk no longer than this.
  private static final long PATIENCE_MILLIS = 2_000;

  private static final long COMPLAINT_MILLIS = 60_000;
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path directory;
  private final Limits limits;
  private final List<Path> earlier;
  private final HistoryFile.Numbers numbers;
  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>(QUEUED);
  private final Semaphore wake = new Semaphore(0);
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private volatile boolean closing;
  private volatile boolean stuck;
  private long complained;
  private long lastComplaint;
  private final Thread writer;
  private int nextFile;
  private @Nullable FileChannel channel;
  private long written;

  /// How much is kept.
  ///
  /// @param age of the oldest event
  /// @param bytes of all files together
  /// @param fileBytes of one file
  public record Limits(Duration age, long bytes, long fileBytes) {
    /// A week, at most a quarter of a gigabyte.
    public static final Limits DEFAULT = new Limits(Duration.ofDays(7), 256L << 20, 8L << 20);
  }

  private HistoryLog(
      Path directory, Limits limits, List<Path> earlier, HistoryFile.Numbers numbers) {
    this.directory = directory;
    this.limits = limits;
    this.earlier = earlier;
    this.numbers = numbers;
    this.nextFile = earlier.isEmpty() ? 1 : number(earlier.getLast()) + 1;
    this.writer = Thread.ofPlatform().daemon().name("history").unstarted(this::run);
  }

  /// Opens the directory, making it if needed, and begins to write what comes.
  public static HistoryLog open(Path directory, Limits limits) throws IOException {
    Files.createDirectories(directory);
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(path -> number(path) > 0).sorted().toList();
    }
    HistoryFile.Numbers numbers = new HistoryFile.Numbers(0, 0);
    for (int i = files.size() - 1; i >= 0 && numbers.query() == 0; i--) {
      numbers = new HistoryFile(files.get(i)).numbers();
    }
    HistoryLog log = new HistoryLog(directory, limits, files, numbers);
    log.writer.start();
    return log;
  }

  private static int number(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(SUFFIX)) {
      return 0;
    }
    try {
      return Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// The highest query number of earlier runs.
  public int lastQuery() {
    return numbers.query();
  }

  /// The highest transaction number of earlier runs.
  public long lastTransaction() {
    return numbers.transaction();
  }

  /// The events of earlier runs that are not too old, oldest first.
  public List<Event> earlier(Instant now) {
    Instant oldest = now.minus(limits.age());
    List<Event> events = new ArrayList<>();
    for (Path file : earlier) {
      try {
        new HistoryFile(file)
            .read(
                event -> {
                  if (event.at().isAfter(oldest)) {
                    events.add(event);
                  }
                });
      } catch (IOException e) {
        LOG.warn("history: {} could not be read: {}", file, e.toString());
      }
    }
    return events;
  }

  /// Takes an event. Where many come at once the statement waits until there is room again; it
  /// goes on without having been noted only if nothing can be written, which is counted.
  @Override
  public void accept(Event event) {
    if (!queue.offer(event) && (stuck || !waited(event))) {
      dropped.incrementAndGet();
    }
    if (queue.size() >= MANY && woken.compareAndSet(false, true)) {
      wake.release();
    }
  }

  private boolean waited(Event event) {
    try {
      boolean taken = !closing && queue.offer(event, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      stuck |= !taken;
      return taken;
    } catch (InterruptedException e) {
      // The statement is being cancelled, which is no reason to wait, nor to forget it.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// How many events have been written since the start.
  public long kept() {
    return kept.get();
  }

  /// How many events could not be noted since the start.
  public long dropped() {
    return dropped.get();
  }

  private void run() {
    List<Event> events = new ArrayList<>();
    boolean last = false;
    while (!last) {
      try {
        boolean unused = wake.tryAcquire(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        last = closing;
        woken.set(false);
        queue.drainTo(events);
        stuck = false;
        write(events);
        kept.addAndGet(events.size());
      } catch (InterruptedException e) {
        last = true;
      } catch (IOException | RuntimeException e) {
        dropped.addAndGet(events.size());
        LOG.warn("history: could not be written: {}", e.toString());
        leave();
      }
      events.clear();
      complain();
    }
    leave();
  }

  private void complain() {
    long lost = dropped.get();
    long now = System.currentTimeMillis();
    if (lost > complained && now - lastComplaint > COMPLAINT_MILLIS) {
      LOG.warn("history: {} events since the start could not be noted", lost);
      complained = lost;
      lastComplaint = now;
    }
  }

  private void write(List<Event> events) throws IOException {
    ByteWriter batch = new ByteWriter(BUFFER_BYTES);
    ByteWriter one = new ByteWriter();
    for (Event event : events) {
      one.clear();
      HistoryFormat.write(event, one);
      batch.writeInt(one.size());
      batch.writeInt(Checksum.of(one.array(), 0, one.size()));
      batch.writeBytes(one.array(), 0, one.size());
      if (batch.size() >= BUFFER_BYTES) {
        append(batch);
        batch = new ByteWriter(BUFFER_BYTES);
      }
    }
    append(batch);
  }

  private void append(ByteWriter batch) throws IOException {
    if (batch.size() == 0) {
      return;
    }
    FileChannel open = channel;
    if (open == null || written >= limits.fileBytes()) {
      leave();
      drop();
      Path file = directory.resolve(String.format("%010d%s", nextFile++, SUFFIX));
      open = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel = open;
      written = 0;
    }
    ByteBuffer bytes = ByteBuffer.wrap(batch.array(), 0, batch.size());
    while (bytes.hasRemaining()) {
      written += open.write(bytes);
    }
  }

  private void leave() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.force(false);
        open.close();
      } catch (IOException e) {
        LOG.warn("history: a file could not be closed: {}", e.toString());
      }
    }
  }

  /// Deletes files that are too old, and the oldest as long as all are too large together.
  private void drop() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(path -> number(path) > 0).sorted().toList();
    }
    long total = 0;
    for (Path file : files) {
      total += Files.size(file);
    }
    Instant oldest = Instant.now().minus(limits.age());
    for (Path file : files) {
      boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
      if (!old && total + limits.fileBytes() <= limits.bytes()) {
        break;
      }
      total -= Files.size(file);
      Files.deleteIfExists(file);
    }
  }

  /// Writes what is queued and ends.
  @Override
  public void close() {
    closing = true;
    wake.release();
    try {
      writer.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
