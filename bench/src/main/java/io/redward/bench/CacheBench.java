package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.bench.report.Machine;
import io.redward.bench.report.Measure;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.types.Physical;
import io.redward.storage.block.BlockReader;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.cache.BlockCache;
import io.redward.storage.cache.BlockKey;
import io.redward.storage.cache.HotBlock;
import io.redward.storage.cache.HotSet;
import io.redward.storage.table.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench cache`: how much of a restarted cache has to be brought back before it serves most reads.
/// A cache is used by a skewed workload, what is hot is recorded in a file, and a second cache is
/// filled from the file step by step; after each step another run of the workload, of another seed,
/// counts the blocks that are there. Beside it, the same in random order.
@Command(
    name = "cache",
    description = "Hit rate of a restarted cache by the share of blocks brought back.",
    mixinStandardHelpOptions = true)
final class CacheBench implements Callable<Integer> {
  private static final int[] PERCENT = {1, 2, 5, 10, 20, 30, 50, 75, 100};

  @Option(
      names = "--reads",
      defaultValue = "400000",
      description = "Reads of blocks in each run (${DEFAULT-VALUE}).")
  private int reads;

  @Option(names = "--seed", defaultValue = "1", description = "Seed (${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private BenchOptions options;

  private final List<Measure> measures = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    System.out.println(
        "| workload | blocks | order |"
            + header(" %d %% |")
            + "\n|---|---|---|"
            + "---|".repeat(PERCENT.length));
    for (BlockWorkload workload : BlockWorkload.values()) {
      curve(workload);
    }
    options.write(
        new BenchReport(
            "cache",
            Map.of("reads", Integer.toString(reads), "seed", Long.toString(seed)),
            "",
            Machine.here(),
            measures));
    return 0;
  }

  private void curve(BlockWorkload workload) throws IOException {
    Block block = block();
    BlockCache before = new BlockCache(Long.MAX_VALUE / 200);
    run(workload, seed, key -> before.get(key, () -> block));
    Path file = Files.createTempFile("redward-bench", ".hot");
    List<HotBlock> hot;
    try {
      new HotSet("", before.hottest(Integer.MAX_VALUE), List.of()).write(file);
      hot = new ArrayList<>(HotSet.read(file).blocks());
    } finally {
      Files.delete(file);
    }
    line(workload, "hottest first", hot, block);
    Collections.shuffle(hot, new Random(seed));
    line(workload, "random", hot, block);
  }

  private void line(BlockWorkload workload, String order, List<HotBlock> hot, Block block) {
    BlockCache after = new BlockCache(Long.MAX_VALUE / 200);
    StringBuilder line = new StringBuilder();
    line.append("| %s | %,d | %s |".formatted(workload.text(), hot.size(), order));
    int done = 0;
    for (int percent : PERCENT) {
      for (int until = (int) ((long) hot.size() * percent / 100); done < until; done++) {
        after.loadAhead(hot.get(done).key(), hot.get(done).heat(), () -> block);
      }
      int[] there = new int[2];
      run(workload, seed + 1, key -> there[after.contains(key) ? 1 : 0]++);
      double hits = 100.0 * there[1] / (there[0] + there[1]);
      measures.add(
          new Measure(
              "hits, " + workload.text() + ", " + order,
              "%",
              percent + " % of blocks brought back",
              hits,
              Double.NaN));
      line.append(" %.1f |".formatted(hits));
    }
    System.out.println(line);
  }

  private void run(BlockWorkload workload, long runSeed, Consumer<BlockKey> reader) {
    Random random = new Random(runSeed);
    for (int left = reads; left > 0; ) {
      left -= workload.query(random, reader);
    }
  }

  private static String header(String cell) {
    StringBuilder header = new StringBuilder();
    for (int percent : PERCENT) {
      header.append(cell.formatted(percent));
    }
    return header.toString();
  }

  private static Block block() {
    LongVector values = new LongVector(64);
    return BlockReader.read(BlockWriter.encode(values, 64, "raw").bytes(), Physical.LONG);
  }
}
