package io.redward.server;

import io.redward.foundation.files.FileTree;
import io.redward.leader.lint.Lint;
import io.redward.leader.session.Session;
import io.redward.leader.session.Warehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lint`: whether Redshift would take the statements of a file.
@Command(
    name = "lint",
    description = {
      "Say for each statement of a file whether a Redshift-compatible warehouse would take it, and"
          + " why not.",
      "Statements are not run against any data: those that define tables, views and functions are"
          + " run in an empty warehouse that is thrown away, others are only looked at.",
      "Ends with 0 if all would be taken, with 1 if not."
    },
    mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of SQL.")
  private List<Path> files = List.of();

  @Option(names = "--quiet", description = "Say nothing of statements that would be taken.")
  private boolean quiet;

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("redward-lint");
    int refused = 0;
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      for (Path file : files) {
        Session session =
            warehouse.leader().open(new Warehouse.Login("admin", "dev", "lint", 0), Map.of());
        try {
          refused += lint(file, new Lint(session));
        } finally {
          session.close();
        }
      }
    } finally {
      FileTree.delete(directory);
    }
    return refused == 0 ? 0 : 1;
  }

  private int lint(Path file, Lint lint) throws IOException {
    List<Lint.Verdict> verdicts = lint.check(Files.readString(file));
    int refused = 0;
    for (Lint.Verdict verdict : verdicts) {
      String place = file + ":" + verdict.line() + ":" + verdict.column() + ": ";
      if (!verdict.taken()) {
        refused++;
        verdict.refusals().forEach(refusal -> System.out.println(place + "refused: " + refusal));
      } else if (!quiet) {
        System.out.println(
            place
                + "taken"
                + (verdict.unknown().isEmpty()
                    ? ""
                    : " as far as can be seen: " + verdict.unknown()));
      }
    }
    System.out.printf("%s: %d of %d statements refused%n", file, refused, verdicts.size());
    return refused;
  }
}
