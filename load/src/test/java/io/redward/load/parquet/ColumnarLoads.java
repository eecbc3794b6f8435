package io.redward.load.parquet;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.types.SqlType;
import io.redward.load.FileLoader;
import io.redward.spi.CopyRequest;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.CopyRequest.Format;
import io.redward.spi.LoadOutcome;
import io.redward.spi.LoadTarget;
import io.redward.storage.table.TableShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Loads of files of columns into a table that keeps its rows as text.
final class ColumnarLoads {
  private ColumnarLoads() {}

  /// Columns `c0`, `c1` … of these types, all of them loaded.
  static LoadTarget target(List<SqlType> types) {
    return target(
        IntStream.range(0, types.size())
            .mapToObj(
                i -> new LoadTarget.Column("c" + i, types.get(i), true, Optional.empty(), false))
            .toList(),
        IntStream.range(0, types.size()).boxed().toList());
  }

  static LoadTarget target(List<LoadTarget.Column> columns, List<Integer> fields) {
    TableShape shape =
        new TableShape(
            IntStream.range(0, columns.size())
                .mapToObj(i -> new TableShape.Column(i, columns.get(i).type(), "auto"))
                .toList(),
            List.of(),
            false);
    return new LoadTarget(1, "t", shape, columns, fields, count -> new long[] {1, 1});
  }

  static CopyRequest request(Path file, Format format, boolean truncate, boolean analyzeOnly) {
    Conversion conversion =
        new Conversion(
            Optional.empty(),
            false,
            false,
            false,
            false,
            false,
            truncate,
            false,
            Optional.empty(),
            false,
            "",
            "");
    return new CopyRequest(
        new CopyRequest.Origin("file://" + file, false, true),
        format,
        CopyRequest.Reading.PLAIN,
        conversion,
        0,
        analyzeOnly);
  }

  /// Loads a file whole.
  static LoadOutcome load(
      Path file, Format format, LoadTarget target, CollectingTransaction transaction) {
    return load(request(file, format, false, false), target, transaction);
  }

  static LoadOutcome load(
      CopyRequest request, LoadTarget target, CollectingTransaction transaction) {
    return new FileLoader(List.of(), 2)
        .load(request, target, transaction, new CancelToken(), (_, _, _) -> {});
  }
}
