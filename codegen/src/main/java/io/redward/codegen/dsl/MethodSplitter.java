package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Statement.Block;
import io.redward.codegen.dsl.Statement.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Cuts a method of any length into short ones: runs of statements move into methods of their own.
/// What such a run reads becomes parameters; what it sets and others read becomes a field of the
/// class, which is slower than a local variable and faster than code that is never compiled.
final class MethodSplitter {
  private static final int MAX_PARAMETERS = 40;

  private final int wanted;
  private final Set<String> names;
  private final Map<Variable, Integer> totals;
  private final Set<Variable> shared = new LinkedHashSet<>();
  private final List<GeneratedMethod> made = new ArrayList<>();
  private final GeneratedMethod method;

  /// A statement as it was, and with parts of it moved away.
  private record Piece(Statement whole, Statement left) {}

  private MethodSplitter(GeneratedMethod method, int wanted, Set<String> names) {
    this.method = method;
    this.wanted = wanted;
    this.names = names;
    totals = Occurrences.of(method.body()).counts();
  }

  /// The method and those cut out of it, and the fields they share.
  ///
  /// @param wanted about how many bytecodes a method should have at the most
  /// @param names the names taken by methods and shared fields
  static Outliner.Outlined split(GeneratedMethod method, int wanted, Set<String> names) {
    return new MethodSplitter(method, wanted, names).split();
  }

  private Outliner.Outlined split() {
    Block body = cut(method.body(), Set.of());
    Map<Variable, Code.Field> fields = new LinkedHashMap<>();
    for (Variable variable : shared) {
      fields.put(variable, new Code.Field(unique(variable.name() + "Kept"), variable.type()));
    }
    Set<String> narrowed = new HashSet<>();
    made.forEach(each -> narrowed.add(each.name()));
    Rewriter rewriter = Rewriter.withFields(fields, narrowed);
    List<Statement> statements = new ArrayList<>();
    for (Variable parameter : method.parameters()) {
      Code.Field field = fields.get(parameter);
      if (field != null) {
        statements.add(new Statement.SetField(field.name(), field.type(), parameter.read()));
      }
    }
    statements.addAll(rewriter.rewrite(body).statements());
    List<GeneratedMethod> methods = new ArrayList<>();
    methods.add(
        new GeneratedMethod(
            method.name(),
            method.parameters(),
            method.type(),
            new Block(statements),
            method.exported()));
    for (GeneratedMethod each : made) {
      List<Variable> parameters = new ArrayList<>(each.parameters());
      parameters.removeAll(shared);
      methods.add(
          new GeneratedMethod(
              each.name(), parameters, each.type(), rewriter.rewrite(each.body()), false));
    }
    return new Outliner.Outlined(methods, List.copyOf(fields.values()));
  }

  private String unique(String name) {
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + i;
    }
    return unique;
  }

  /// @param counters variables whose assignments at the top of the block stay where they are
  private Block cut(Block block, Set<Variable> counters) {
    if (CodeSize.of(block) <= wanted) {
      return block;
    }
    List<Piece> pieces = new ArrayList<>();
    for (Statement statement : block.statements()) {
      pieces.add(new Piece(statement, inside(statement)));
    }
    int before = Integer.MAX_VALUE;
    for (int size = size(pieces); size > wanted && size < before; size = size(pieces)) {
      before = size;
      pieces = group(pieces, counters);
    }
    return new Block(pieces.stream().map(Piece::left).toList());
  }

  private static int size(List<Piece> pieces) {
    int size = 0;
    for (Piece piece : pieces) {
      size += CodeSize.of(piece.left());
    }
    return size;
  }

  private Statement inside(Statement statement) {
    return switch (statement) {
      case Block block -> cut(block, Set.of());
      case Statement.If(Code condition, Block then, Block otherwise) ->
          new Statement.If(condition, cut(then, Set.of()), cut(otherwise, Set.of()));
      case Statement.While(Code condition, Block body) -> {
        Set<Variable> counters = Occurrences.of(new Statement.Run(condition)).taken();
        yield new Statement.While(condition, cut(body, counters));
      }
      case Statement.Labeled(Label label, Block body) ->
          new Statement.Labeled(label, cut(body, Set.of()));
      case Statement.Attempt(Block body, Block otherwise) ->
          new Statement.Attempt(cut(body, Set.of()), cut(otherwise, Set.of()));
      case Statement.Region(String name, Block body) ->
          new Statement.Region(name, cut(body, Set.of()));
      default -> statement;
    };
  }

  /// Puts neighbours together as long as they are short enough for one method.
  private List<Piece> group(List<Piece> pieces, Set<Variable> counters) {
    List<Piece> grouped = new ArrayList<>();
    List<Piece> run = new ArrayList<>();
    int size = 0;
    for (Piece piece : pieces) {
      int own = CodeSize.of(piece.left());
      boolean stays =
          own > wanted
              || Occurrences.of(piece.whole()).returns()
              || (piece.whole() instanceof Statement.Assign(Variable variable, Code _)
                  && counters.contains(variable));
      if (stays || size + own > wanted) {
        close(run, size, grouped);
        size = 0;
      }
      if (stays) {
        grouped.add(piece);
      } else {
        run.add(piece);
        size += own;
      }
    }
    close(run, size, grouped);
    return grouped;
  }

  private void close(List<Piece> run, int size, List<Piece> grouped) {
    if (size < wanted / 8) {
      grouped.addAll(run);
    } else {
      grouped.add(moved(run));
    }
    run.clear();
  }

  private Piece moved(List<Piece> run) {
    Block whole = new Block(run.stream().map(Piece::whole).toList());
    Block left = new Block(run.stream().map(Piece::left).toList());
    Occurrences uses = Occurrences.of(whole);
    for (Variable variable : uses.assigned()) {
      if (uses.counts().getOrDefault(variable, 0) < totals.getOrDefault(variable, 0)) {
        shared.add(variable);
      }
    }
    List<Variable> parameters = new ArrayList<>(uses.taken());
    parameters.removeAll(shared);
    while (parameters.size() > MAX_PARAMETERS) {
      shared.add(parameters.removeLast());
    }
    String name = unique("part");
    Map<Label, Integer> exits = new HashMap<>();
    for (Label label : uses.exits()) {
      exits.put(label, exits.size() + 1);
    }
    List<Code> arguments = parameters.stream().map(Variable::read).toList();
    if (exits.isEmpty()) {
      made.add(new GeneratedMethod(name, parameters, void.class, left, false));
      return new Piece(whole, new Statement.Run(new Code.OwnCall(name, void.class, arguments)));
    }
    Block body = Rewriter.withReturns(exits).rewrite(left);
    List<Statement> ending = List.of(body, new Statement.Return(Code.of(0)));
    made.add(new GeneratedMethod(name, parameters, int.class, new Block(ending), false));
    return new Piece(whole, leave(new Code.OwnCall(name, int.class, arguments), name, exits));
  }

  /// Calls a method and breaks to where it says.
  private static Block leave(Code call, String name, Map<Label, Integer> exits) {
    Variable exit = new Variable(name + "Exit", int.class);
    List<Statement> statements = new ArrayList<>();
    statements.add(new Statement.Assign(exit, call));
    exits.forEach(
        (label, number) ->
            statements.add(
                new Statement.If(
                    new Code.Compare(Code.Relation.EQUAL, exit.read(), Code.of(number)),
                    new Block(List.of(new Statement.Break(label))),
                    Block.EMPTY)));
    return new Block(statements);
  }

  /// Names that generated classes have anyway.
  static Set<String> takenNames() {
    return new HashSet<>(Set.of("process", "bind", "open", "finish", "sinkRows"));
  }
}
