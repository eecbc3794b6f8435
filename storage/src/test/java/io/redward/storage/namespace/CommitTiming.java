package io.redward.storage.namespace;

import io.redward.storage.table.RowAppender;
import io.redward.storage.table.WriteTransaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Commits single-row transactions from several threads and prints how many a second, and what is
/// left of them; not a test. Arguments: transactions, threads, directory.
final class CommitTiming {
  private CommitTiming() {}

  public static void main(String[] arguments) throws Exception {
    int transactions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int threadCount = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    Path directory =
        arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("commits");
    try (LocalNamespace namespace = LocalNamespace.open(directory, StorageOptions.defaults())) {
      long start = System.nanoTime();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < threadCount; i++) {
        int first = i;
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int row = first; row < transactions; row += threadCount) {
                        insert(namespace, row);
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long version = namespace.snapshot().version();
      namespace.maintain();
      System.out.printf(
          Locale.ROOT,
          "%d transactions of one row, %d threads: %.0f a second, %d log positions,"
              + " %d rowsets, %d rows, %.1f KB on disk%n",
          transactions,
          threadCount,
          transactions / seconds,
          version,
          namespace.snapshot().table(TestTable.ID).rowsets().size(),
          namespace.snapshot().table(TestTable.ID).rowCount(),
          namespace.bytesOnDisk() / 1e3);
    }
  }

  private static void insert(LocalNamespace namespace, int row) {
    WriteTransaction transaction = namespace.begin();
    RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
    TestTable.append(appender, row, row + 1);
    appender.finish();
    transaction.commit();
  }
}
