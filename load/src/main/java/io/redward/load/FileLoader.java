package io.redward.load;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.columnar.ColumnarLoad;
import io.redward.load.format.ChunkParser;
import io.redward.load.format.CsvReader;
import io.redward.load.format.DelimitedReader;
import io.redward.load.format.FixedWidthReader;
import io.redward.load.format.JsonReader;
import io.redward.load.format.RowBatches;
import io.redward.load.json.JsonPath;
import io.redward.load.json.JsonPathsFile;
import io.redward.load.orc.OrcFile;
import io.redward.load.parquet.ParquetFile;
import io.redward.load.shapefile.ShapefileReader;
import io.redward.load.source.BucketFiles;
import io.redward.load.source.Chunk;
import io.redward.load.source.ChunkReader;
import io.redward.load.source.RecordBoundary;
import io.redward.load.source.SourceFiles;
import io.redward.load.ssh.SshKey;
import io.redward.spi.CopyRequest;
import io.redward.spi.CopyRequest.Format;
import io.redward.spi.FileShape;
import io.redward.spi.LoadOutcome;
import io.redward.spi.LoadTarget;
import io.redward.spi.Loader;
import io.redward.storage.objectstore.s3.S3Options;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.WriteTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// COPY from local files and from buckets, whose objects are fetched first: one worker a processor
/// parses and appends, all in the statement's transaction.
public final class FileLoader implements Loader {
  private final SourceFiles sources;
  private final int workers;
  private final S3Options s3;
  private final SshKey sshKey;

  /// @param roots directories that requests of ordinary users may read from
  public FileLoader(List<Path> roots, int workers) {
    this(roots, workers, S3Options.ofEnvironment(System.getenv()), new SshKey(Path.of("ssh")));
  }

  /// @param s3 how buckets are reached
  /// @param sshKey by which hosts let the warehouse in
  public FileLoader(List<Path> roots, int workers, S3Options s3, SshKey sshKey) {
    this.sources = new SourceFiles(roots);
    this.workers = workers;
    this.s3 = s3;
    this.sshKey = sshKey;
  }

  @Override
  public LoadOutcome load(
      CopyRequest request,
      LoadTarget target,
      WriteTransaction transaction,
      CancelToken cancel,
      LoadProgress progress) {
    try (BucketFiles buckets = new BucketFiles(s3, sshKey, cancel, progress::met)) {
      List<Path> files = sources.resolve(request.origin(), buckets);
      if (files.isEmpty()) {
        return LoadOutcome.NOTHING;
      }
      LoadRun run =
          new LoadRun(
              request,
              target,
              new LoadErrors(request.maxErrors()),
              new LoadErrors(Integer.MAX_VALUE),
              cancel,
              progress,
              new FileCounts(files, buckets));
      return switch (request.format()) {
        case Format.Delimited format ->
            chunked(run, transaction, files, new DelimitedReader(format, request.conversion()));
        case Format.Csv format ->
            chunked(run, transaction, files, new CsvReader(format, request.conversion()));
        case Format.FixedWidth format ->
            chunked(run, transaction, files, new FixedWidthReader(format, request.conversion()));
        case Format.Json format -> json(run, transaction, files, format, buckets);
        case Format.Shapefile format -> shapes(run, transaction, files, format, buckets);
        case Format.Parquet(boolean serialize) ->
            columnar(
                run,
                transaction,
                new ColumnarLoad(
                    files,
                    file -> ParquetFile.open(file, buckets.shown(file)),
                    target,
                    request.conversion(),
                    serialize));
        case Format.Orc(boolean serialize) ->
            columnar(
                run,
                transaction,
                new ColumnarLoad(
                    files,
                    file -> OrcFile.open(file, buckets.shown(file)),
                    target,
                    request.conversion(),
                    serialize));
      };
    }
  }

  @Override
  public boolean hasFiles(CopyRequest.Origin origin) {
    try (BucketFiles buckets = new BucketFiles(s3, sshKey)) {
      return sources.hasFiles(origin, buckets);
    }
  }

  @Override
  public FileShape describe(CopyRequest.Origin origin) {
    try (BucketFiles buckets = new BucketFiles(s3, sshKey)) {
      List<Path> files = sources.resolve(origin, buckets);
      return new FileInspector(origin, files.getFirst(), new FileCounts(files, buckets).bytes())
          .shape();
    }
  }

  private LoadOutcome chunked(
      LoadRun run, WriteTransaction transaction, List<Path> files, ChunkParser parser) {
    CopyRequest request = run.request();
    try (ChunkReader chunks =
        new ChunkReader(files, request.reading(), boundary(request.format()))) {
      List<RowBatches> parts = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        parts.add(
            new RowBatches(
                run.target(),
                request.conversion(),
                transaction.append(run.target().tableId(), run.target().shape()),
                run.rejections()));
      }
      boolean whole = false;
      try {
        runWorkers(run, chunks, parts, parser);
        if (run.errors().exceeded()) {
          throw run.failure();
        }
        long rows = finish(run, parts);
        whole = true;
        return run.outcome(rows, chunks.bytesRead());
      } finally {
        if (!whole) {
          parts.forEach(RowBatches::abort);
        }
      }
    }
  }

  /// JSON objects may span lines, so a file is one worker's.
  private LoadOutcome json(
      LoadRun run,
      WriteTransaction transaction,
      List<Path> files,
      Format.Json format,
      BucketFiles buckets) {
    boolean whole = format.records() == CopyRequest.Records.WHOLE;
    if (whole && run.target().fields().size() != 1) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "JSON 'noshred' loads each object into one column, and the table has "
              + run.target().fields().size());
    }
    List<JsonPath> paths = whole ? List.of(JsonPath.parse("$")) : paths(run, format, buckets);
    return oneByOne(
        run,
        transaction,
        files,
        (file, rows) -> {
          try (InputStream in = run.open(file)) {
            new JsonReader(run.target(), format.ignoreCase(), paths)
                .parse(file, in, rows, run.cancel());
          }
        });
  }

  private LoadOutcome shapes(
      LoadRun run,
      WriteTransaction transaction,
      List<Path> files,
      Format.Shapefile format,
      BucketFiles buckets) {
    CopyRequest request = run.request();
    ShapefileReader reader =
        new ShapefileReader(
            request.reading(),
            format.simplify(),
            run.target().fields().size(),
            run.progress()::met);
    List<Path> shapes =
        files.stream().filter(file -> ShapefileReader.isShapes(buckets.shown(file))).toList();
    if (shapes.isEmpty()) {
      throw new SqlException(
              SqlState.UNDEFINED_FILE,
              "no file of '" + request.origin().location() + "' is a shapefile")
          .withHint("Give the name that ends in .shp; the one in .dbf is to be beside it.");
    }
    return oneByOne(
        run,
        transaction,
        shapes,
        (file, rows) -> {
          String shown = buckets.shown(file);
          Path table =
              sources
                  .resolve(request.origin().at(ShapefileReader.beside(shown)), buckets)
                  .getFirst();
          reader.parse(file, table, shown, rows, run.cancel());
        });
  }

  /// What reads one file.
  private interface WholeFile {
    void parse(Path file, RowBatches rows) throws IOException;
  }

  private List<JsonPath> paths(LoadRun run, Format.Json format, BucketFiles buckets) {
    CopyRequest request = run.request();
    return format
        .paths()
        .map(location -> sources.resolve(request.origin().at(location), buckets).getFirst())
        .map(file -> JsonPathsFile.read(file, run.target().fields().size()))
        .orElse(List.of());
  }

  private static LoadOutcome oneByOne(
      LoadRun run, WriteTransaction transaction, List<Path> files, WholeFile reader) {
    CopyRequest request = run.request();
    RowBatches rows =
        new RowBatches(
            run.target(),
            request.conversion(),
            transaction.append(run.target().tableId(), run.target().shape()),
            run.rejections());
    boolean whole = false;
    try {
      for (Path file : files) {
        long before = rows.rows();
        try {
          reader.parse(file, rows);
          run.files().add(file, rows.rows() - before);
        } catch (IOException e) {
          throw new SqlException(
              SqlState.IO_ERROR, "could not read \"" + file + "\": " + e.getMessage(), e);
        }
      }
      if (run.errors().exceeded()) {
        throw run.failure();
      }
      long count = finish(run, List.of(rows));
      whole = true;
      return run.outcome(count, run.files().bytes());
    } finally {
      if (!whole) {
        rows.abort();
      }
    }
  }

  /// Parts of files go to whichever worker is free. There is no tolerating of bad rows: as a column
  /// is read at a time, a row that is not to be had is found when others of it are in place.
  private LoadOutcome columnar(LoadRun run, WriteTransaction transaction, ColumnarLoad opened) {
    CopyRequest request = run.request();
    try (ColumnarLoad load = opened) {
      List<RowAppender> appenders = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        appenders.add(transaction.append(run.target().tableId(), run.target().shape()));
      }
      boolean whole = false;
      try {
        AtomicLong rows = new AtomicLong();
        inParallel(run.cancel(), appenders, part -> parts(run, load, part, rows));
        inParallel(
            run.cancel(),
            appenders,
            request.analyzeOnly() ? RowAppender::abort : RowAppender::finish);
        whole = true;
        return run.outcome(rows.get(), load.bytes());
      } finally {
        if (!whole) {
          appenders.forEach(RowAppender::abort);
        }
      }
    }
  }

  private static void parts(LoadRun run, ColumnarLoad load, RowAppender appender, AtomicLong rows) {
    Optional<ColumnarLoad.Part> loaded = load.loadNext(appender, run.cancel());
    while (loaded.isPresent()) {
      run.files().add(loaded.get().file(), loaded.get().rows());
      long now = rows.addAndGet(loaded.get().rows());
      synchronized (run.progress()) {
        run.progress().at(now, load.bytesHandedOut(), run.bytes());
      }
      loaded = load.loadNext(appender, run.cancel());
    }
  }

  private static RecordBoundary boundary(Format format) {
    return switch (format) {
      case Format.Csv csv -> new RecordBoundary.QuotedLines(csv.quote());
      case Format.Delimited delimited -> new RecordBoundary.Lines(delimited.escape());
      case Format.FixedWidth _, Format.Json _, Format.Parquet _, Format.Orc _, Format.Shapefile _ ->
          new RecordBoundary.Lines(false);
    };
  }

  private void runWorkers(
      LoadRun run, ChunkReader chunks, List<RowBatches> parts, ChunkParser parser) {
    AtomicLong rows = new AtomicLong();
    inParallel(run.cancel(), parts, part -> work(run, chunks, part, parser, rows));
  }

  /// Does `work` for each part, in a thread of its own if there are several.
  private static <T> void inParallel(CancelToken cancel, List<T> parts, Consumer<T> work) {
    if (parts.size() == 1) {
      cancel.within(() -> work.accept(parts.getFirst()));
      return;
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            parts.size(), Thread.ofPlatform().name("load-", 0).daemon().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (T part : parts) {
        running.add(threads.submit(() -> cancel.within(() -> work.accept(part))));
      }
      for (Future<?> each : running) {
        await(each, cancel);
      }
    }
  }

  private static void await(Future<?> worker, CancelToken cancel) {
    try {
      worker.get();
    } catch (ExecutionException e) {
      SqlException error =
          e.getCause() instanceof SqlException sql
              ? sql
              : new SqlException(SqlState.INTERNAL_ERROR, "COPY failed: " + e.getCause(), e);
      cancel.cancel(error);
      throw error;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlException(SqlState.QUERY_CANCELED, "COPY was interrupted");
    }
  }

  private static void work(
      LoadRun run, ChunkReader chunks, RowBatches part, ChunkParser parser, AtomicLong rows) {
    while (!run.errors().exceeded()) {
      run.cancel().check();
      Optional<Chunk> chunk = chunks.next();
      if (chunk.isEmpty()) {
        return;
      }
      long before = part.rows();
      parser.parse(chunk.get(), part);
      part.flush();
      chunks.release(chunk.get());
      run.files().add(chunk.get().file(), part.rows() - before);
      long now = rows.addAndGet(part.rows() - before);
      synchronized (run.progress()) {
        run.progress().at(now, chunks.bytesRead(), run.bytes());
      }
    }
  }

  /// Encodes and stores what the workers still hold, each its own, as that is up to half a million
  /// rows of each.
  private static long finish(LoadRun run, List<RowBatches> parts) {
    AtomicLong rows = new AtomicLong();
    boolean analyzeOnly = run.request().analyzeOnly();
    inParallel(
        run.cancel(),
        parts,
        part -> {
          rows.addAndGet(analyzeOnly ? part.rows() : part.finish());
          if (analyzeOnly) {
            part.abort();
          }
        });
    return rows.get();
  }
}
