package io.redward.codegen;

import static io.redward.codegen.Codes.binary;
import static io.redward.codegen.Codes.call;
import static io.redward.codegen.Codes.invoke;
import static io.redward.codegen.Codes.member;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.TransformStep.JoinKind;
import io.redward.plan.step.TransformStep.Probe;
import io.redward.runtime.join.JoinLayout;
import io.redward.runtime.join.JoinProbe;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowPages;
import java.util.ArrayList;
import java.util.List;

/// Lowers a probe: find the first row of a chain, walk it, compare keys, test the residual, and
/// hand on what the kind of join asks for.
final class ProbeLowering {
  private final ClassPlan plan;
  private final ExpressionLowering expressions;
  private final Probe probe;
  private final JoinLayout layout;
  private final Code table;
  private final Step rest;
  private final int shift;

  ProbeLowering(
      ExpressionLowering expressions, ClassPlan plan, Probe probe, JoinLayout layout, Step rest) {
    this.plan = plan;
    this.expressions = expressions;
    this.probe = probe;
    this.layout = layout;
    this.rest = rest;
    int state = probe.stateId();
    table = plan.single("join" + state, JoinTable.class, context -> context.state(state));
    shift = RowPages.shift(layout.row().rowWords());
  }

  void lower(Row row, int fields, Scope scope) {
    List<Value> keys = new ArrayList<>();
    Code anyNull = Code.FALSE;
    for (int i = 0; i < probe.keys().size(); i++) {
      Expression key = probe.keys().get(i);
      Value value = expressions.lowerAs(row, key, layout.key(i).physical(), scope);
      keys.add(scope.stable("k", value));
      if (!layout.nullSafe().get(i)) {
        anyNull = Codes.or(anyNull, value.isNull());
      }
    }
    Code absent = scope.stable("keyNull", anyNull);
    KeyWords words = KeyWords.of(keys, scope);
    if (probe.partitioned()) {
      Code own = invoke(table, "holds", boolean.class, words.hash(scope));
      Code nulls = member(table, "holdsNulls", boolean.class);
      Code here = absent.equals(Code.FALSE) ? own : new Code.Choose(absent, nulls, own);
      Scope inner = scope.inner();
      lower(row, fields, words, absent, inner);
      scope.out().when(here, inner.block());
    } else {
      lower(row, fields, words, absent, scope);
    }
  }

  private void lower(Row row, int fields, KeyWords words, Code absent, Scope scope) {
    switch (probe.kind()) {
      case SEMI, ANTI, NULL_AWARE_ANTI -> exists(row, fields, words, absent, scope);
      case INNER, RIGHT, MARK -> matches(row, fields, words, absent, scope);
      case LEFT, FULL -> outer(row, fields, words, absent, scope);
    }
  }

  /// The first row of the chain.
  private Variable first(KeyWords words, Code absent, Scope scope) {
    Scope inner = scope.inner();
    Code found =
        layout.integerKey()
            ? call(JoinProbe.class, "first", int.class, table, words.words().getFirst().getFirst())
            : call(JoinProbe.class, "firstHashed", int.class, table, words.hash(inner));
    if (absent.equals(Code.FALSE)) {
      scope.out().add(inner.block());
      return scope.out().declare(plan.name("ref"), found);
    }
    Variable ref = scope.out().declare(plan.name("ref"), Code.of(0));
    inner.out().assign(ref, found);
    scope.out().when(Codes.not(absent), inner.block());
    return ref;
  }

  /// A build row the walk is at.
  private record At(Code ref, StoredRow stored, Code matches) {}

  /// Goes to row `ref` and sets `ref` to the next of the chain.
  private At step(Variable ref, KeyWords words, Scope scope) {
    Code current = ref.read();
    if (layout.marks()) {
      current = scope.out().declare(plan.name("current"), current).read();
    }
    Code name = binary(Code.Operator.SUBTRACT, ref.read(), Code.of(1));
    Code pages = member(table, "rowPages", long[][].class);
    Code number = binary(Code.Operator.SHIFT_RIGHT_UNSIGNED, name, Code.of(shift));
    Variable page = scope.out().declare(plan.name("page"), new Code.Element(pages, number));
    Code inPage = binary(Code.Operator.AND, name, Code.of((1 << shift) - 1));
    Code offset = binary(Code.Operator.MULTIPLY, inPage, Code.of(layout.row().rowWords()));
    Variable row = scope.out().declare(plan.name("row"), offset);
    StoredRow stored = new StoredRow(page.read(), row.read());
    Code next =
        layout.integerKey()
            ? call(JoinProbe.class, "next", int.class, table, page.read(), row.read())
            : Codes.toInt(stored.word(0));
    scope.out().assign(ref, next);
    return new At(current, stored, sameKeys(words, stored));
  }

  private Code sameKeys(KeyWords words, StoredRow stored) {
    Code same = Code.TRUE;
    for (int i = 0; i < words.keys().size(); i++) {
      same = Codes.and(same, words.same(i, layout.key(i), stored, bytesPages()));
    }
    return layout.integerKey() ? Codes.or(member(table, "direct", boolean.class), same) : same;
  }

  private Code bytesPages() {
    return member(table, "bytesPages", byte[][].class);
  }

  /// The row with the build payload after it; what repeats a key is taken from the probe's.
  private Row joined(Row row, int fields, KeyWords words, StoredRow stored, Code absent) {
    return new Row.Loaded(
        row,
        fields,
        (index, scope) -> {
          if (layout.ownSlot(index)) {
            return stored.load(layout.payload(index), absent, bytesPages(), scope);
          }
          Value key = words.keys().get(layout.payloadSlots().get(index));
          boolean nullSafe = layout.nullSafe().get(layout.payloadSlots().get(index));
          return key.withNull(nullSafe ? Codes.or(absent, key.isNull()) : absent);
        });
  }

  private int payloadFields() {
    return layout.payloadSlots().size();
  }

  /// The condition that a row with equal keys matches: the residual, tested in `scope`.
  private Code residual(Row joined, Scope scope) {
    return probe
        .residual()
        .map(condition -> expressions.test(joined, condition, true, scope))
        .orElse(Code.TRUE);
  }

  private void exists(Row row, int fields, KeyWords words, Code absent, Scope scope) {
    Code found = found(row, fields, words, absent, scope);
    Code wanted =
        switch (probe.kind()) {
          case SEMI -> found;
          case ANTI -> Codes.not(found);
          case NULL_AWARE_ANTI ->
              Codes.or(
                  member(table, "empty", boolean.class),
                  Codes.and(
                      Codes.not(member(table, "nullKeys", boolean.class)),
                      Codes.and(Codes.not(absent), Codes.not(found))));
          case INNER, LEFT, RIGHT, FULL, MARK -> throw new IllegalStateException();
        };
    Scope inner = scope.inner();
    rest.accept(row, fields, inner);
    scope.out().when(wanted, inner.block());
  }

  private Code found(Row row, int fields, KeyWords words, Code absent, Scope scope) {
    if (layout.integerKey() && probe.residual().isEmpty()) {
      Slot key = layout.key(0);
      Code contains =
          call(
              JoinProbe.class,
              "contains",
              boolean.class,
              table,
              words.words().getFirst().getFirst(),
              Code.of(shift),
              Code.of(layout.row().rowWords()),
              Code.of(key.word()));
      return scope.stable("found", Codes.and(Codes.not(absent), contains));
    }
    Variable ref = first(words, absent, scope);
    Variable found = scope.out().declare(plan.name("found"), Code.FALSE);
    Scope body = scope.inner();
    At at = step(ref, words, body);
    Scope same = body.inner();
    Code matches = residual(joined(row, fields, words, at.stored(), Code.FALSE), same);
    Scope hit = same.inner();
    hit.out().assign(found, Code.TRUE);
    hit.out().assign(ref, Code.of(0));
    same.out().when(matches, hit.block());
    body.out().when(at.matches(), same.block());
    scope.out().add(new Statement.While(present(ref), body.block()));
    return found.read();
  }

  private static Code present(Variable ref) {
    return Codes.compare(Code.Relation.NOT_EQUAL, ref.read(), Code.of(0));
  }

  private void matches(Row row, int fields, KeyWords words, Code absent, Scope scope) {
    Variable ref = first(words, absent, scope);
    Scope body = scope.inner();
    At at = step(ref, words, body);
    Scope same = body.inner();
    Row joined = joined(row, fields, words, at.stored(), Code.FALSE);
    Code matches = residual(joined, same);
    Scope hit = same.inner();
    if (probe.kind() != JoinKind.INNER) {
      mark(at, hit);
    }
    if (probe.kind() != JoinKind.MARK) {
      rest.accept(joined, fields + payloadFields(), hit);
    }
    same.out().when(matches, hit.block());
    body.out().when(at.matches(), same.block());
    scope.out().add(new Statement.While(present(ref), body.block()));
  }

  private void mark(At at, Scope scope) {
    scope.out().add(new Statement.Run(call(JoinProbe.class, "mark", void.class, table, at.ref())));
  }

  /// Goes through the matches and once more without a build row if there was none.
  private void outer(Row row, int fields, KeyWords words, Code absent, Scope scope) {
    Variable ref = first(words, absent, scope);
    Code noPage = plan.single("noWords", long[].class, _ -> new long[0]);
    Variable page = scope.out().declare(plan.name("page"), noPage);
    Variable at = scope.out().declare(plan.name("row"), Code.of(0));
    Variable matched = scope.out().declare(plan.name("matched"), Code.FALSE);
    Variable more = scope.out().declare(plan.name("more"), Code.TRUE);
    Scope body = scope.inner();
    Variable present = body.out().declare(plan.name("present"), Code.FALSE);
    Scope walk = body.inner();
    At candidate = step(ref, words, walk);
    Scope same = walk.inner();
    Code matches = residual(joined(row, fields, words, candidate.stored(), Code.FALSE), same);
    Scope hit = same.inner();
    hit.out().assign(present, Code.TRUE);
    hit.out().assign(page, candidate.stored().page());
    hit.out().assign(at, candidate.stored().row());
    if (probe.kind() == JoinKind.FULL) {
      mark(candidate, hit);
    }
    same.out().when(matches, hit.block());
    walk.out().when(candidate.matches(), same.block());
    Code searching = Codes.and(Codes.not(present.read()), present(ref));
    body.out().add(new Statement.While(searching, walk.block()));
    Scope yield = body.inner();
    StoredRow stored = new StoredRow(page.read(), at.read());
    Row joined = joined(row, fields, words, stored, Codes.not(present.read()));
    rest.accept(joined, fields + payloadFields(), yield);
    body.out().when(Codes.or(present.read(), Codes.not(matched.read())), yield.block());
    body.out().assign(matched, Code.TRUE);
    body.out().assign(more, Codes.and(present.read(), present(ref)));
    scope.out().add(new Statement.While(more.read(), body.block()));
  }
}
