package io.redward.leader.history;

import io.redward.leader.system.Incident;
import io.redward.leader.system.PlanText;
import io.redward.leader.system.ProcedureMessage;
import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.Event;
import io.redward.leader.system.QueryLog.Issuer;
import io.redward.leader.system.QueryLog.LoadErrorEntry;
import io.redward.leader.system.QueryLog.LoadFileEntry;
import io.redward.leader.system.QueryLog.LoadState;
import io.redward.leader.system.QueryLog.Outcome;
import io.redward.leader.system.QueryLog.SegmentRun;
import io.redward.leader.system.QueryLog.SessionEnd;
import io.redward.leader.system.QueryLog.UnloadEntry;
import io.redward.leader.system.StatementType;
import io.redward.leader.system.ViewRefresh;
import io.redward.leader.system.ViewState;
import io.redward.plan.run.Routing;
import io.redward.spi.LoadError;
import io.redward.spi.LoadedFile;
import io.redward.spi.Unloader;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Events as bytes. Each begins with its kind and the numbers of its query and transaction, so that
/// these can be found without reading the rest.
final class HistoryFormat {
  /// Kind, query and transaction.
  static final int HEAD_BYTES = 1 + Integer.BYTES + Long.BYTES;

  /// Before segments told bytes of blocks and what their code took.
  static final int FIRST_STATEMENT = 1;

  private static final int LOAD_ERROR = 2;
  private static final int UNLOADED = 3;
  /// Before sessions told how long they might do nothing.
  private static final int FIRST_SESSION = 4;

  private static final int REFRESH = 5;
  private static final int VIEW_STATE = 6;

  /// Before statements told how long they had waited.
  private static final int SECOND_STATEMENT = 7;

  /// Before files told their job and times.
  private static final int FIRST_LOADED = 8;

  private static final int MESSAGE = 9;
  private static final int LOADED = 10;

  /// Before statements told the cluster that they ran on.
  private static final int THIRD_STATEMENT = 11;

  /// Before segments told what each machine did.
  private static final int FOURTH_STATEMENT = 12;

  /// Before scans told how many rows they had looked at.
  static final int FIFTH_STATEMENT = 13;

  /// Before statements told how long they had waited for tables and what they had returned.
  static final int SIXTH_STATEMENT = 14;

  private static final int INCIDENT = 15;
  static final int STATEMENT = 16;
  private static final int SESSION = 17;

  private HistoryFormat() {}

  static void write(Event event, ByteWriter out) {
    switch (event) {
      case Entry entry -> {
        head(out, STATEMENT, entry.queryId(), entry.transactionId());
        statement(out, entry);
      }
      case LoadErrorEntry entry -> {
        head(out, LOAD_ERROR, entry.queryId(), entry.transactionId());
        issuer(out, entry.issuer());
        out.writeInt(entry.tableOid());
        out.writeLong(micros(entry.at()));
        error(out, entry.error());
      }
      case LoadFileEntry entry -> {
        head(out, LOADED, entry.queryId(), entry.transactionId());
        issuer(out, entry.issuer());
        out.writeLong(entry.job());
        out.writeLong(micros(entry.at()));
        file(out, entry.file());
      }
      case ProcedureMessage entry -> {
        head(out, MESSAGE, entry.queryId(), entry.transactionId());
        issuer(out, entry.issuer());
        out.writeLong(micros(entry.at()));
        out.writeText(entry.level());
        out.writeText(entry.text());
      }
      case UnloadEntry entry -> {
        head(out, UNLOADED, entry.queryId(), entry.transactionId());
        issuer(out, entry.issuer());
        out.writeLong(micros(entry.at()));
        out.writeText(entry.file().url());
        out.writeLong(entry.file().bytes());
        out.writeLong(entry.file().rows());
      }
      case Incident entry -> {
        head(out, INCIDENT, entry.queryId(), entry.transactionId());
        issuer(out, entry.issuer());
        out.writeText(entry.kind().name());
        out.writeLong(micros(entry.at()));
        byte[] values = lines(entry.values());
        out.writeBytes(values, 0, values.length);
      }
      case SessionEnd entry -> {
        head(out, SESSION, 0, 0);
        issuer(out, entry.issuer());
        out.writeLong(micros(entry.start()));
        out.writeLong(micros(entry.end()));
        out.writeInt(entry.timeoutSeconds());
        out.writeByte(entry.timedOut() ? 1 : 0);
      }
      case ViewRefresh entry -> {
        head(out, REFRESH, 0, entry.transactionId());
        issuer(out, entry.issuer());
        out.writeInt(entry.view());
        out.writeText(entry.schema());
        out.writeText(entry.name());
        out.writeByte(entry.automatic() ? 1 : 0);
        out.writeText(entry.status());
        out.writeText(entry.because());
        out.writeLong(micros(entry.start()));
        out.writeLong(micros(entry.end()));
      }
      case ViewState entry -> {
        head(out, VIEW_STATE, 0, entry.transactionId());
        issuer(out, entry.issuer());
        out.writeText(entry.event());
        name(out, entry.base());
        name(out, entry.view());
        out.writeText(entry.state());
        out.writeLong(micros(entry.at()));
      }
    }
  }

  private static void name(ByteWriter out, ViewState.Name name) {
    out.writeText(name.schema());
    out.writeText(name.name());
  }

  private static ViewState.Name name(ByteReader in) {
    return new ViewState.Name(in.readText(), in.readText());
  }

  private static void head(ByteWriter out, int kind, int query, long transaction) {
    out.writeByte(kind);
    out.writeInt(query);
    out.writeLong(transaction);
  }

  /// @throws MalformedBytesException if these are no event's bytes
  static Event read(ByteReader in) {
    int kind = in.readByte();
    int query = in.readInt();
    long transaction = in.readLong();
    Issuer issuer = new Issuer(in.readInt(), in.readInt(), in.readText(), in.readText());
    return switch (kind) {
      case FIRST_STATEMENT,
          SECOND_STATEMENT,
          THIRD_STATEMENT,
          FOURTH_STATEMENT,
          FIFTH_STATEMENT,
          SIXTH_STATEMENT,
          STATEMENT ->
          statement(in, kind, new Started(query, transaction, issuer));
      case LOAD_ERROR ->
          new LoadErrorEntry(
              query, transaction, issuer, in.readInt(), instant(in.readLong()), error(in));
      case LOADED ->
          new LoadFileEntry(
              query, transaction, issuer, in.readLong(), instant(in.readLong()), file(in));
      case UNLOADED ->
          new UnloadEntry(
              query,
              transaction,
              issuer,
              instant(in.readLong()),
              new Unloader.Written(in.readText(), in.readLong(), in.readLong()));
      case MESSAGE ->
          new ProcedureMessage(
              query, transaction, issuer, instant(in.readLong()), in.readText(), in.readText());
      case FIRST_LOADED -> firstLoaded(in, query, transaction, issuer);
      case INCIDENT -> incident(in, query, transaction, issuer);
      case FIRST_SESSION ->
          new SessionEnd(issuer, instant(in.readLong()), instant(in.readLong()), 0, false);
      case SESSION ->
          new SessionEnd(
              issuer,
              instant(in.readLong()),
              instant(in.readLong()),
              in.readInt(),
              in.readByte() == 1);
      case REFRESH ->
          new ViewRefresh(
              issuer,
              transaction,
              in.readInt(),
              in.readText(),
              in.readText(),
              in.readByte() == 1,
              in.readText(),
              in.readText(),
              instant(in.readLong()),
              instant(in.readLong()));
      case VIEW_STATE ->
          new ViewState(
              issuer,
              transaction,
              in.readText(),
              name(in),
              name(in),
              in.readText(),
              instant(in.readLong()));
      default -> throw new MalformedBytesException("unknown kind of event " + kind);
    };
  }

  private static void issuer(ByteWriter out, Issuer issuer) {
    out.writeInt(issuer.processId());
    out.writeInt(issuer.userOid());
    out.writeText(issuer.user());
    out.writeText(issuer.database());
  }

  private static void statement(ByteWriter out, Entry entry) {
    Outcome outcome = entry.outcome().orElseThrow();
    issuer(out, entry.issuer());
    out.writeText(entry.queryGroup());
    out.writeText(entry.type().name());
    out.writeText(entry.text());
    out.writeLong(micros(entry.start()));
    out.writeLong(micros(outcome.at()));
    out.writeLong(outcome.rows());
    out.writeText(outcome.error());
    out.writeByte(outcome.canceled() ? 1 : 0);
    out.writeLong(outcome.planMicros());
    out.writeLong(outcome.queueMicros());
    out.writeLong(outcome.lockMicros());
    out.writeLong(outcome.returnedBytes());
    out.writeInt(outcome.sourceQuery());
    out.writeInt(outcome.segments().size());
    outcome.segments().forEach(run -> SegmentFormat.write(out, run));
    byte[] plan = outcome.plan().written(HistoryFormat::lines);
    out.writeBytes(plan, 0, plan.length);
    out.writeByte(outcome.load().isPresent() ? 1 : 0);
    outcome
        .load()
        .ifPresent(
            load -> {
              out.writeText(load.table());
              out.writeLong(load.rows());
              out.writeLong(load.bytesRead());
              out.writeLong(load.bytesTotal());
            });
    out.writeInt(outcome.routing().code());
  }

  /// Whose event it is.
  private record Started(int query, long transaction, Issuer issuer) {}

  private static byte[] lines(List<String> lines) {
    ByteWriter out = new ByteWriter();
    out.writeInt(lines.size());
    lines.forEach(out::writeText);
    return Arrays.copyOf(out.array(), out.size());
  }

  private static Entry statement(ByteReader in, int kind, Started started) {
    int query = started.query();
    long transaction = started.transaction();
    String group = in.readText();
    StatementType type = type(in.readText());
    String text = in.readText();
    Instant start = instant(in.readLong());
    Instant at = instant(in.readLong());
    long rows = in.readLong();
    String error = in.readText();
    boolean canceled = in.readByte() == 1;
    long planMicros = in.readLong();
    long queueMicros = kind >= THIRD_STATEMENT ? in.readLong() : 0;
    long lockMicros = kind == STATEMENT ? in.readLong() : 0;
    long returnedBytes = kind == STATEMENT ? in.readLong() : 0;
    int source = in.readInt();
    List<SegmentRun> segments = new ArrayList<>();
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      segments.add(SegmentFormat.read(in, kind));
    }
    List<String> plan = lines(in);
    Optional<LoadState> load =
        in.readByte() == 1
            ? Optional.of(
                new LoadState(query, in.readText(), in.readLong(), in.readLong(), in.readLong()))
            : Optional.empty();
    Outcome outcome =
        new Outcome(
            at,
            transaction,
            rows,
            error,
            canceled,
            planMicros,
            queueMicros,
            lockMicros,
            returnedBytes,
            segments,
            PlanText.of(plan),
            source,
            load,
            kind >= FOURTH_STATEMENT ? Routing.of(in.readInt()) : Routing.MAIN);
    return new Entry(
        query, transaction, started.issuer(), group, type, text, start, Optional.of(outcome));
  }

  private static List<String> lines(ByteReader in) {
    List<String> lines = new ArrayList<>();
    for (int left = in.readCount(1); left > 0; left--) {
      lines.add(in.readText());
    }
    return lines;
  }

  private static Incident incident(ByteReader in, int query, long transaction, Issuer issuer) {
    String name = in.readText();
    Incident.Kind kind =
        Incident.Kind.named(name)
            .orElseThrow(() -> new MalformedBytesException("unknown kind of incident " + name));
    return new Incident(kind, query, transaction, issuer, instant(in.readLong()), lines(in));
  }

  private static StatementType type(String name) {
    for (StatementType type : StatementType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return StatementType.UTILITY;
  }

  private static Event firstLoaded(ByteReader in, int query, long transaction, Issuer issuer) {
    Instant at = instant(in.readLong());
    String name = in.readText();
    long rows = in.readLong();
    LoadedFile file = new LoadedFile(name, in.readLong(), rows, 0, at, at, at);
    return new LoadFileEntry(query, transaction, issuer, 0, at, file);
  }

  private static void file(ByteWriter out, LoadedFile file) {
    out.writeText(file.name());
    out.writeLong(file.bytes());
    out.writeLong(file.rows());
    out.writeLong(file.errors());
    out.writeLong(micros(file.start()));
    out.writeLong(micros(file.end()));
    out.writeLong(micros(file.modified()));
  }

  private static LoadedFile file(ByteReader in) {
    return new LoadedFile(
        in.readText(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        instant(in.readLong()),
        instant(in.readLong()),
        instant(in.readLong()));
  }

  private static void error(ByteWriter out, LoadError error) {
    out.writeText(error.file());
    out.writeLong(error.line());
    out.writeText(error.column());
    out.writeText(error.type());
    out.writeInt(error.position());
    out.writeText(error.rawLine());
    out.writeText(error.rawValue());
    out.writeInt(error.code());
    out.writeText(error.reason());
  }

  private static LoadError error(ByteReader in) {
    return new LoadError(
        in.readText(),
        in.readLong(),
        in.readText(),
        in.readText(),
        in.readInt(),
        in.readText(),
        in.readText(),
        in.readInt(),
        in.readText());
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
