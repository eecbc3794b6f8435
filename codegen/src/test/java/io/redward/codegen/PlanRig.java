package io.redward.codegen;

import static java.util.Objects.requireNonNull;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.runtime.aggregate.AggregateTable;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowScan;
import io.redward.runtime.segment.CompiledSegment;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.segment.SegmentContext;
import io.redward.runtime.segment.SegmentProgram;
import io.redward.runtime.segment.SinkState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs hand-made plans over rows in memory, with as many workers as asked for, batch by batch in
/// turn. Rows are lists of Integer, Long, Double, Int128, String or null.
final class PlanRig {
  private static final ClassFileCompiler COMPILER = new ClassFileCompiler();

  private final Map<String, List<List<@Nullable Object>>> tables = new HashMap<>();
  private final List<Constant> parameters = new ArrayList<>();
  private final Map<Integer, SinkState> states = new HashMap<>();
  private final MemoryBudget budget = new MemoryBudget(1L << 30);
  private final List<List<@Nullable Object>> results = new ArrayList<>();
  private final List<CompiledSegment> compiled = new ArrayList<>();
  private int workers = 1;
  private int batchRows = 5;

  PlanRig table(String name, List<List<@Nullable Object>> rows) {
    tables.put(name, rows);
    return this;
  }

  PlanRig workers(int count) {
    workers = count;
    return this;
  }

  PlanRig batchRows(int count) {
    batchRows = count;
    return this;
  }

  PlanRig parameter(Constant value) {
    parameters.add(value);
    return this;
  }

  List<CompiledSegment> compiled() {
    return compiled;
  }

  SinkState state(int id) {
    return requireNonNull(states.get(id));
  }

  static SourceStep.TableScan scan(String table, List<Field> fields) {
    return new SourceStep.TableScan(1, table, new int[0], fields, List.of(), List.of(), false);
  }

  List<List<@Nullable Object>> run(Segment... segments) {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < segments.length; i++) {
      streams.add(new Stream(i, List.of(segments[i])));
    }
    PhysicalPlan plan = new PhysicalPlan(streams, List.of(), parameters.size());
    for (Segment segment : segments) {
      run(plan, segment);
    }
    return results;
  }

  private void run(PhysicalPlan plan, Segment segment) {
    CompiledSegment code = COMPILER.compile(plan, segment);
    compiled.add(code);
    SinkState state = create(segment.sink());
    List<Object> parts = new ArrayList<>();
    List<SegmentProgram> programs = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      Object part = state == null ? "none" : state.newPart();
      parts.add(part);
      SegmentProgram program = code.newProgram();
      program.open(new Context(part, segment.sinkInput()));
      programs.add(program);
    }
    int turn = 0;
    for (Batch batch : batches(segment.source())) {
      programs.get(turn++ % workers).process(batch);
    }
    programs.forEach(SegmentProgram::finish);
    if (state != null) {
      state.seal(parts, Parallel.SEQUENTIAL);
    }
  }

  /// Bytes that this thread allocates while the segment works `repeats` times through its source,
  /// after having done so twice.
  long allocatedByRepeats(Segment segment, int repeats) {
    PhysicalPlan plan = new PhysicalPlan(List.of(new Stream(0, List.of(segment))), List.of(), 0);
    SinkState state = requireNonNull(create(segment.sink()));
    SegmentProgram program = COMPILER.compile(plan, segment).newProgram();
    program.open(new Context(state.newPart(), segment.sinkInput()));
    List<Batch> batches = batches(segment.source());
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int repeat = -2; repeat < repeats; repeat++) {
      if (repeat == 0) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      for (Batch batch : batches) {
        program.process(batch);
      }
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private @Nullable SinkState create(SinkStep sink) {
    return switch (sink) {
      case SinkStep.Build build -> keep(build.stateId(), JoinTable.of(build, budget));
      case SinkStep.Aggregate step -> keep(step.stateId(), AggregateTable.of(step, budget));
      case SinkStep.Materialize step -> keep(step.stateId(), RowBuffer.of(step.fields(), budget));
      default -> null;
    };
  }

  private SinkState keep(int id, SinkState state) {
    states.put(id, state);
    return state;
  }

  private List<Batch> batches(SourceStep source) {
    return switch (source) {
      case SourceStep.TableScan scan ->
          batches(requireNonNull(tables.get(scan.tableName())), scan.fields());
      case SourceStep.AggregateScan scan ->
          batches(((AggregateTable) state(scan.stateId())).scan(), scan.fields());
      case SourceStep.BufferScan scan ->
          batches(((RowBuffer) state(scan.stateId())).scan(), scan.fields());
      case SourceStep.JoinScan scan ->
          batches(((JoinTable) state(scan.stateId())).scan(scan.matched()), scan.fields());
      default -> throw new IllegalArgumentException();
    };
  }

  private static List<Batch> batches(RowScan scan, List<Field> fields) {
    List<Batch> batches = new ArrayList<>();
    for (int unit = 0; unit < scan.unitCount(); unit++) {
      Batch batch = new Batch(fields.stream().map(Field::physical).toList());
      scan.fill(unit, batch);
      batches.add(batch);
    }
    return batches;
  }

  /// Every other batch comes with a selection, in which one row is left out that is no row of the
  /// table.
  private List<Batch> batches(List<List<@Nullable Object>> rows, List<Field> fields) {
    List<Batch> batches = new ArrayList<>();
    for (int start = 0; start < rows.size(); start += batchRows) {
      List<List<@Nullable Object>> part =
          rows.subList(start, Math.min(rows.size(), start + batchRows));
      Batch batch = new Batch(fields.stream().map(Field::physical).toList(), part.size() + 1);
      boolean dense = batches.size() % 2 == 0;
      for (int i = 0; i < part.size(); i++) {
        int at = dense ? i : i + 1;
        batch.selection[i] = at;
        for (int field = 0; field < fields.size(); field++) {
          put(batch.vectors[field], at, part.get(i).get(field));
        }
      }
      batch.dense = dense;
      batch.selectedCount = part.size();
      batches.add(batch);
    }
    return batches;
  }

  static void put(Vector vector, int at, @Nullable Object value) {
    if (value == null) {
      vector.setNull(at);
      return;
    }
    switch (vector) {
      case IntVector ints -> ints.values[at] = (int) value;
      case LongVector longs -> longs.values[at] = ((Number) value).longValue();
      case DoubleVector doubles -> doubles.values[at] = (double) value;
      case Int128Vector wide -> {
        Int128 words = value instanceof Int128 w ? w : Int128.of(((Number) value).longValue());
        wide.high[at] = words.high();
        wide.low[at] = words.low();
      }
      case BytesVector bytes -> {
        byte[] text = ((String) value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        bytes.append(at, text, 0, text.length);
      }
    }
  }

  static @Nullable Object get(Vector vector, int at) {
    if (vector.isNull(at)) {
      return null;
    }
    return switch (vector) {
      case IntVector ints -> ints.values[at];
      case LongVector longs -> longs.values[at];
      case DoubleVector doubles -> doubles.values[at];
      case Int128Vector wide -> new Int128(wide.high[at], wide.low[at]);
      case BytesVector bytes -> new String(bytes.copy(at), java.nio.charset.StandardCharsets.UTF_8);
    };
  }

  private final class Context implements SegmentContext {
    private final Object part;
    private final Batch output;
    private final CancelToken cancel = new CancelToken();

    Context(Object part, List<Field> fields) {
      this.part = part;
      List<Physical> forms = fields.stream().map(Field::physical).toList();
      output = new Batch(forms, 4);
    }

    @Override
    public SinkState state(int stateId) {
      return PlanRig.this.state(stateId);
    }

    @Override
    public Object part(int stateId) {
      return part;
    }

    @Override
    public Constant parameter(int index) {
      return parameters.get(index);
    }

    @Override
    public Batch output() {
      return output;
    }

    @Override
    public void flush() {
      for (int row = 0; row < output.selectedCount; row++) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Vector vector : output.vectors) {
          values.add(get(vector, row));
        }
        results.add(values);
      }
      output.reset();
    }

    @Override
    public CancelToken cancel() {
      return cancel;
    }
  }
}
