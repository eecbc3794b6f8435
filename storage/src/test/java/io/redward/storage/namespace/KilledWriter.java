package io.redward.storage.namespace;

import io.redward.storage.table.RowAppender;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The process that [KillTest] kills: commits numbered transactions for ever from several threads
/// and prints a number once its commit has returned.
final class KilledWriter {
  private static final int THREADS = 3;

  private KilledWriter() {}

  public static void main(String[] arguments) throws Exception {
    StorageOptions options = new StorageOptions(16 << 20, 1, 7, 5);
    LocalNamespace namespace = LocalNamespace.open(Path.of(arguments[0]), options);
    int round = Integer.parseInt(arguments[1]);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int writer = i;
      threads.add(Thread.ofPlatform().start(() -> write(namespace, round, writer)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /// Every transaction has an entry and as many rows as its number says, some of them in objects
  /// of their own.
  private static void write(LocalNamespace namespace, int round, int writer) {
    for (int i = 0; ; i++) {
      int number = (round * THREADS + writer) * 10_000 + i;
      WriteTransaction transaction = namespace.begin();
      transaction.putEntry("done/" + number, new byte[0]);
      RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
      KillTest.append(appender, number);
      appender.finish();
      List<RowsetSnapshot> rowsets = namespace.snapshot().table(TestTable.ID).rowsets();
      if (rowsets.isEmpty() && i > 0) {
        throw new IllegalStateException("committed rows are gone");
      }
      transaction.commit();
      synchronized (KilledWriter.class) {
        System.out.println(number);
      }
    }
  }
}
