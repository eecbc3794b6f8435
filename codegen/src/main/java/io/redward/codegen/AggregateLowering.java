package io.redward.codegen;

import static io.redward.codegen.Codes.binary;
import static io.redward.codegen.Codes.member;
import static io.redward.codegen.Codes.toLong;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Code.Operator;
import io.redward.codegen.dsl.Code.Relation;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.SinkStep.Aggregate;
import io.redward.runtime.aggregate.AggregateLayout;
import io.redward.runtime.aggregate.AggregatePart;
import io.redward.runtime.aggregate.CodedGroups;
import io.redward.runtime.aggregate.IntegerGroups;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.row.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lowers the Aggregate sink: find or add the group's row, then update the states in it. Without
/// keys there is one group, whose states stay in local variables over a batch.
final class AggregateLowering {
  /// With more calls than that, local variables would only be spilled.
  private static final int MAX_LOCAL_CALLS = 8;

  private final ClassPlan plan;
  private final ExpressionLowering expressions;
  private final Aggregate step;
  private final AggregateLayout layout;
  private final Scope before;
  private final Code groups;
  private final StateLowering states;
  private final List<StateAccess.InLocals> locals = new ArrayList<>();

  AggregateLowering(
      ExpressionLowering expressions,
      ClassPlan plan,
      Aggregate step,
      AggregateLayout layout,
      Scope before) {
    this.plan = plan;
    this.expressions = expressions;
    this.step = step;
    this.layout = layout;
    this.before = before;
    int state = step.stateId();
    groups = plan.single("groups", AggregatePart.class, context -> context.part(state));
    states = new StateLowering(expressions, plan, layout, groups);
  }

  /// @param simple whether rows come straight from the loop over the batch
  void lower(Row row, boolean simple, Scope scope) {
    if (step.keys().isEmpty()) {
      StateAccess access = onlyGroup(simple);
      states.update(step.calls(), row, access, scope, true);
      return;
    }
    StoredRow group = find(row, scope);
    states.update(step.calls(), row, new StateAccess.InRow(group), scope, false);
  }

  /// What follows the loop.
  void after(Scope scope) {
    locals.forEach(each -> each.writeBack(scope));
  }

  private StateAccess onlyGroup(boolean simple) {
    StoredRow stored = new StoredRow(member(groups, "page", long[].class), Code.of(0));
    if (!simple || step.calls().size() > MAX_LOCAL_CALLS) {
      return new StateAccess.InRow(stored);
    }
    StateAccess.InLocals access = new StateAccess.InLocals(stored, before);
    locals.add(access);
    return access;
  }

  private StoredRow find(Row row, Scope scope) {
    if (step.sorted()) {
      return findFromLast(keyWords(row, scope), scope);
    }
    List<DictionaryCodes> codes = codes(row, scope);
    return codes.isEmpty()
        ? search(keyWords(row, scope), Optional.empty(), scope)
        : findCoded(row, codes, scope);
  }

  private KeyWords keyWords(Row row, Scope scope) {
    List<Value> keys = new ArrayList<>();
    for (int i = 0; i < step.keys().size(); i++) {
      Expression key = step.keys().get(i);
      keys.add(scope.stable("k", expressions.lowerAs(row, key, layout.key(i).physical(), scope)));
    }
    return KeyWords.of(keys, scope);
  }

  /// The keys' dictionary entries; none unless all keys are strings that a scan has read.
  private List<DictionaryCodes> codes(Row row, Scope scope) {
    boolean strings = step.keys().stream().allMatch(key -> key.physical() == Physical.BYTES);
    if (!strings || step.keys().size() > CodedGroups.MAX_KEYS) {
      return List.of();
    }
    List<DictionaryCodes> codes = new ArrayList<>();
    for (Expression key : step.keys()) {
      if (key instanceof FieldRef ref) {
        row.codes(ref.index(), scope).ifPresent(codes::add);
      }
    }
    return codes.size() == step.keys().size() ? codes : List.of();
  }

  /// The group that rows of the same dictionary entries have met before; else looked up by values.
  private StoredRow findCoded(Row row, List<DictionaryCodes> keys, Scope scope) {
    Code[] vectors = keys.stream().map(DictionaryCodes::vector).toArray(Code[]::new);
    Code table = member(groups, "coded", CodedGroups.class);
    Variable names =
        before.out().declare(plan.name("names"), Codes.invoke(table, "open", int[].class, vectors));
    Variable coded =
        before
            .out()
            .declare(
                plan.name("coded"),
                Codes.compare(Relation.NOT_EQUAL, new Code.Length(names.read()), Code.of(0)));
    Variable place = scope.out().declare(plan.name("place"), Code.of(0));
    Variable name = scope.out().declare(plan.name("name"), Code.of(0));
    Scope combined = scope.inner();
    Code combination = keys.getFirst().code();
    for (DictionaryCodes key : keys.subList(1, keys.size())) {
      Variable places = before.out().declare(plan.name("places"), key.places());
      combination = Codes.add(binary(Operator.MULTIPLY, combination, places.read()), key.code());
    }
    combined.out().assign(place, combination);
    combined.out().assign(name, new Code.Element(names.read(), place.read()));
    scope.out().when(coded.read(), combined.block());
    Code noWords = plan.single("noWords", long[].class, _ -> new long[0]);
    Variable page = scope.out().declare(plan.name("page"), noWords);
    Variable group = scope.out().declare(plan.name("group"), Code.of(0));
    Scope met = scope.inner();
    locate(binary(Operator.SUBTRACT, name.read(), Code.of(1)), page, group, met);
    Scope other = scope.inner();
    StoredRow found = search(keyWords(row, other), Optional.of(name), other);
    other.out().assign(page, found.page());
    other.out().assign(group, found.row());
    Scope remembered = other.inner();
    remembered.out().add(new Statement.SetElement(names.read(), place.read(), name.read()));
    other.out().when(coded.read(), remembered.block());
    scope
        .out()
        .when(
            Codes.compare(Relation.NOT_EQUAL, name.read(), Code.of(0)), met.block(), other.block());
    return new StoredRow(page.read(), group.read());
  }

  /// The last row's group if the keys are the same. A page moves only when a row is added, which
  /// is when another group becomes the last.
  private StoredRow findFromLast(KeyWords words, Scope scope) {
    Code noWords = plan.single("noWords", long[].class, _ -> new long[0]);
    Variable lastPage = before.out().declare(plan.name("lastPage"), noWords);
    Variable last = before.out().declare(plan.name("last"), Code.of(-1));
    StoredRow stored = new StoredRow(lastPage.read(), last.read());
    Code writer = member(groups, "rows", RowWriter.class);
    Code bytesPages = Codes.invoke(writer, "bytesPages", byte[][].class);
    Code same = Codes.compare(Relation.GREATER_OR_EQUAL, last.read(), Code.of(0));
    for (int i = 0; i < step.keys().size(); i++) {
      same = Codes.and(same, words.same(i, layout.key(i), stored, bytesPages));
    }
    Scope other = scope.inner();
    StoredRow found = search(words, Optional.empty(), other);
    other.out().assign(lastPage, found.page());
    other.out().assign(last, found.row());
    scope.out().when(Codes.not(same), other.block());
    return stored;
  }

  /// @param name is set to the name plus one of the group's row, where somebody wants to know
  private StoredRow search(KeyWords words, Optional<Variable> name, Scope scope) {
    if (layout.integerKey()) {
      return findInteger(words, scope);
    }
    Code hash = words.hash(scope);
    Code noWords = plan.single("noWords", long[].class, _ -> new long[0]);
    Variable page = scope.out().declare(plan.name("page"), noWords);
    Variable group = scope.out().declare(plan.name("group"), Code.of(-1));
    Variable slot =
        scope
            .out()
            .declare(
                plan.name("slot"),
                binary(Operator.AND, upper(hash), member(groups, "mask", int.class)));
    Scope body = scope.inner();
    Variable entry =
        body.out()
            .declare(
                plan.name("entry"),
                new Code.Element(member(groups, "directory", long[].class), slot.read()));
    StoredRow found = new StoredRow(page.read(), group.read());
    Scope free = body.inner();
    insert(words, hash, slot, page, group, free);
    Code added = Codes.invoke(member(groups, "rows", RowWriter.class), "ref", int.class);
    name.ifPresent(each -> free.out().assign(each, Codes.add(added, Code.of(1))));
    Scope used = body.inner();
    compare(words, hash, entry, page, group, used);
    name.ifPresent(each -> used.out().assign(each, Codes.toInt(entry.read())));
    Scope next = used.inner();
    Code following =
        binary(
            Operator.AND,
            binary(Operator.ADD, slot.read(), Code.of(1)),
            member(groups, "mask", int.class));
    next.out().assign(slot, following);
    used.out().when(Codes.compare(Relation.LESS, group.read(), Code.of(0)), next.block());
    body.out()
        .when(Codes.compare(Relation.EQUAL, entry.read(), Code.of(0L)), free.block(), used.block());
    scope
        .out()
        .add(
            new Statement.While(
                Codes.compare(Relation.LESS, group.read(), Code.of(0)), body.block()));
    return found;
  }

  /// Groups of one integer key are found by the part itself.
  private StoredRow findInteger(KeyWords words, Scope scope) {
    Code integers = member(groups, "integers", IntegerGroups.class);
    Value key = words.keys().getFirst();
    List<Code> arguments = new ArrayList<>();
    if (key.nullable()) {
      arguments.add(key.isNull());
    }
    arguments.add(words.words().getFirst().getFirst());
    Code[] lookup = arguments.toArray(Code[]::new);
    Variable ref =
        scope.out().declare(plan.name("ref"), Codes.invoke(integers, "find", int.class, lookup));
    Code noWords = plan.single("noWords", long[].class, _ -> new long[0]);
    Variable page = scope.out().declare(plan.name("page"), noWords);
    Variable group = scope.out().declare(plan.name("group"), Code.of(0));
    StoredRow stored = new StoredRow(page.read(), group.read());
    Scope absent = scope.inner();
    absent.out().assign(group, Codes.invoke(integers, "add", int.class, lookup));
    absent.out().assign(page, member(groups, "page", long[].class));
    words.store(0, layout.key(0), stored, member(groups, "rows", RowWriter.class), absent);
    Scope present = scope.inner();
    locate(binary(Operator.SUBTRACT, ref.read(), Code.of(1)), page, group, present);
    scope
        .out()
        .when(
            Codes.compare(Relation.EQUAL, ref.read(), Code.of(0)), absent.block(), present.block());
    return stored;
  }

  /// Sets page and word of row `ref`.
  private void locate(Code ref, Variable page, Variable word, Scope scope) {
    int shift = RowPages.shift(layout.row().rowWords());
    Code pages = member(groups, "rowPages", long[][].class);
    Code number = binary(Operator.SHIFT_RIGHT_UNSIGNED, ref, Code.of(shift));
    scope.out().assign(page, new Code.Element(pages, number));
    Code inPage = binary(Operator.AND, ref, Code.of((1 << shift) - 1));
    Code offset = binary(Operator.MULTIPLY, inPage, Code.of(layout.row().rowWords()));
    scope.out().assign(word, offset);
  }

  private static Code upper(Code hash) {
    return Codes.toInt(binary(Operator.SHIFT_RIGHT_UNSIGNED, hash, Code.of(32)));
  }

  private void insert(
      KeyWords words, Code hash, Variable slot, Variable page, Variable group, Scope scope) {
    Code added = Codes.invoke(groups, "insert", int.class, hash, slot.read());
    scope.out().assign(group, added);
    scope.out().assign(page, member(groups, "page", long[].class));
    StoredRow stored = new StoredRow(page.read(), group.read());
    Code writer = member(groups, "rows", RowWriter.class);
    Scope region = scope.inner();
    for (int i = 0; i < step.keys().size(); i++) {
      words.store(i, layout.key(i), stored, writer, region);
    }
    scope.out().add(new Statement.Region("newGroup", region.block()));
  }

  /// Sets page and group if the entry's row has the keys; group stays negative if not.
  private void compare(
      KeyWords words, Code hash, Variable entry, Variable page, Variable group, Scope scope) {
    Scope same = scope.inner();
    Code ref = same.stable("ref", binary(Operator.SUBTRACT, Codes.toInt(entry.read()), Code.of(1)));
    Variable candidate = same.out().declare(plan.name("candidate"), Code.of(0));
    locate(ref, page, candidate, same);
    StoredRow stored = new StoredRow(page.read(), candidate.read());
    Code writer = member(groups, "rows", RowWriter.class);
    Code bytesPages = Codes.invoke(writer, "bytesPages", byte[][].class);
    Code equal = Code.TRUE;
    for (int i = 0; i < step.keys().size(); i++) {
      equal = Codes.and(equal, words.same(i, layout.key(i), stored, bytesPages));
    }
    Scope hit = same.inner();
    hit.out().assign(group, candidate.read());
    same.out().when(equal, hit.block());
    Code tag =
        binary(
            Operator.SHIFT_RIGHT_UNSIGNED,
            binary(Operator.XOR, entry.read(), toLong(hash)),
            Code.of(32));
    scope.out().when(Codes.compare(Relation.EQUAL, tag, Code.of(0L)), same.block());
  }
}
