package io.redward.load;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.avro.AvroRecords;
import io.redward.load.format.RowBatches;
import io.redward.load.shapefile.ShapefileReader;
import io.redward.load.source.ChunkReader;
import io.redward.spi.CopyRequest;
import io.redward.spi.CopyRequest.Format;
import io.redward.spi.LoadError;
import io.redward.spi.LoadFailedException;
import io.redward.spi.LoadOutcome;
import io.redward.spi.LoadTarget;
import io.redward.spi.Loader.LoadProgress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the workers of one load share, and what becomes of bad rows.
record LoadRun(
    CopyRequest request,
    LoadTarget target,
    LoadErrors errors,
    LoadErrors replacements,
    CancelToken cancel,
    LoadProgress progress,
    FileCounts files) {
  long bytes() {
    return files.bytes();
  }

  LoadOutcome outcome(long rows, long bytes) {
    List<LoadError> bad = errors.resolve(this::open);
    return new LoadOutcome(rows, bytes, files.loaded(bad), bad, replacements.resolve(this::open));
  }

  RowBatches.Rejections rejections() {
    return new RowBatches.Rejections() {
      @Override
      public void rejected(
          RowBatches.Place place, int column, int from, int to, RowBatches.FieldProblem problem) {
        errors.add(place.chunk(), place.from(), error(place, column, from, to, problem));
      }

      @Override
      public void replaced(RowBatches.Place place, int column, int from, int to) {
        RowBatches.FieldProblem none = new RowBatches.FieldProblem(0, "");
        replacements.add(place.chunk(), place.from(), error(place, column, from, to, none));
      }
    };
  }

  private LoadError error(
      RowBatches.Place place, int column, int from, int to, RowBatches.FieldProblem problem) {
    Optional<LoadTarget.Column> definition =
        column < 0 ? Optional.empty() : Optional.of(target.columns().get(column));
    byte[] bytes = place.chunk().bytes();
    return new LoadError(
        files.shown(place.chunk().file()),
        0,
        definition.map(LoadTarget.Column::name).orElse(""),
        definition.map(c -> c.type().toString()).orElse(""),
        Math.max(0, from - place.from()),
        LoadErrors.raw(bytes, place.from(), place.to()),
        column < 0 ? "" : LoadErrors.raw(bytes, from, to),
        problem.code(),
        problem.reason());
  }

  /// A file's text; that of an Avro file is what its records are as JSON.
  InputStream open(Path file) throws IOException {
    if (request.format() instanceof Format.Shapefile) {
      return ShapefileReader.lines();
    }
    InputStream in = ChunkReader.open(file, request.reading());
    if (!(request.format() instanceof Format.Json json)
        || json.records() != CopyRequest.Records.AVRO) {
      return in;
    }
    try {
      return new AvroRecords(new BufferedInputStream(in));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  LoadFailedException failure() {
    List<LoadError> bad = errors.resolve(this::open);
    LoadError first = bad.getFirst();
    String place =
        "%s line %d%s: %s"
            .formatted(
                first.file(),
                first.line(),
                first.column().isEmpty()
                    ? ""
                    : ", column "
                        + first.column()
                        + " ("
                        + first.type()
                        + "), value '"
                        + first.rawValue()
                        + "'",
                first.reason());
    SqlException error =
        new SqlException(
                SqlState.LOAD_FAILED,
                "Load into table '"
                    + target.tableName()
                    + "' failed.  Check 'stl_load_errors' system table for details.")
            .withDetail(place)
            .withHint("Correct the file, or tolerate bad rows with MAXERROR.");
    return new LoadFailedException(error, bad);
  }
}
