package io.redward.bench;

import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.block.EncodedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench decode`: how fast each encoding is decoded, measured by JMH in a JVM of its own each,
/// beside the sum of a plain array.
@Command(
    name = "decode",
    description = "Decoding speed of every column encoding, by JMH, against a plain array sum.",
    mixinStandardHelpOptions = true)
final class DecodeBench implements Callable<Integer> {
  private static final int ITERATIONS = 5;

  @Option(
      names = "--millis",
      defaultValue = "200",
      description = "Time of an iteration; there are 5 to warm up and 5 (${DEFAULT-VALUE}).")
  private int millis;

  @Option(
      names = "--samples",
      split = ",",
      description = "Which of ${COMPLETION-CANDIDATES} (all).")
  private List<EncodingSamples> samples = List.of(EncodingSamples.values());

  @Override
  public Integer call() throws RunnerException {
    List<String> columns = new ArrayList<>();
    for (EncodingSamples sample : samples) {
      sample.encodings().forEach(encoding -> columns.add(sample.name() + " " + encoding));
    }
    double plain = run("plainSum", EncodingSamples.PRICES.name() + " raw").nanos();
    System.out.printf("plain array sum: %.1f GB/s%n%n", DecodeBenchmark.ROWS * 8L / plain);
    System.out.println(
        "| values | encoding | bytes a value | decode ns/value | GB/s | of the sum |");
    System.out.println("|---|---|---|---|---|---|");
    for (String column : columns) {
      print(run("decode", column), plain);
    }
    return 0;
  }

  /// @param nanos of a block
  /// @param error of that, at 99.9 percent
  private record Figure(String column, double nanos, double error) {}

  private Figure run(String method, String column) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(DecodeBenchmark.class.getName().replace(".", "\\.") + "\\." + method + "$")
            .param("column", column)
            .forks(1)
            .warmupIterations(ITERATIONS)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.milliseconds(millis))
            .jvmArgs("--add-modules", "jdk.incubator.vector", "-Xmx512m", "-XX:+UseSerialGC")
            .verbosity(VerboseMode.SILENT);
    Result<?> result = new Runner(options.build()).runSingle().getPrimaryResult();
    return new Figure(column, result.getScore(), result.getScoreError());
  }

  private static void print(Figure figure, double plain) {
    int blank = figure.column().indexOf(' ');
    EncodingSamples sample = EncodingSamples.valueOf(figure.column().substring(0, blank));
    String encoding = figure.column().substring(blank + 1);
    Vector values = sample.make(DecodeBenchmark.ROWS);
    EncodedBlock encoded = BlockWriter.encode(values, DecodeBenchmark.ROWS, encoding);
    double gigabytes = DecodeBenchmark.ROWS * (double) width(values) / figure.nanos();
    System.out.printf(
        "| %s | %s (%s) | %.2f | %.2f ± %.2f | %.1f | %.1f |%n",
        sample.text(),
        encoding,
        encoded.summary().encoding(),
        (double) encoded.bytes().length / DecodeBenchmark.ROWS,
        figure.nanos() / DecodeBenchmark.ROWS,
        figure.error() / DecodeBenchmark.ROWS,
        gigabytes,
        gigabytes / (DecodeBenchmark.ROWS * 8L / plain));
  }

  /// Bytes of a decoded value: of a string its view's.
  private static int width(Vector values) {
    return switch (values) {
      case IntVector _ -> 4;
      case Int128Vector _ -> 16;
      default -> 8;
    };
  }
}
