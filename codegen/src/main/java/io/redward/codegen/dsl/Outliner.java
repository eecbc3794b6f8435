package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Statement.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Moves regions of long methods into methods of their own, innermost first, until what is left is
/// short. The variables that a region reads become parameters. What is still far too long then is
/// cut wherever it can be by [MethodSplitter].
public final class Outliner {
  /// About how many bytecodes HotSpot's optimising compiler handles well in one method.
  private static final int WANTED_BYTES = 1_200;

  /// From here on a method is cut though variables become fields by that: beyond 8,000 bytecodes
  /// HotSpot would never compile it.
  private static final int LONG_BYTES = 4_000;

  /// The JVM's limit of parameter slots is 255, long and double take two.
  private static final int MAX_PARAMETERS = 100;

  private final List<GeneratedMethod> methods = new ArrayList<>();
  private final Set<String> names = MethodSplitter.takenNames();

  private Outliner() {}

  /// Methods and the fields that they share.
  public record Outlined(List<GeneratedMethod> methods, List<Code.Field> shared) {
    public Outlined {
      methods = List.copyOf(methods);
      shared = List.copyOf(shared);
    }
  }

  /// The method, possibly shortened, then those that were taken out of it.
  public static Outlined outline(GeneratedMethod method) {
    Outliner outliner = new Outliner();
    Block body = outliner.shorten(method.body());
    List<GeneratedMethod> all = new ArrayList<>();
    all.add(
        new GeneratedMethod(
            method.name(), method.parameters(), method.type(), body, method.exported()));
    all.addAll(outliner.methods);
    List<GeneratedMethod> methods = new ArrayList<>();
    List<Code.Field> shared = new ArrayList<>();
    for (GeneratedMethod each : all) {
      if (CodeSize.of(each.body()) <= LONG_BYTES) {
        methods.add(each);
      } else {
        Outlined split = MethodSplitter.split(each, WANTED_BYTES, outliner.names);
        methods.addAll(split.methods());
        shared.addAll(split.shared());
      }
    }
    return new Outlined(methods, shared);
  }

  private Block shorten(Block block) {
    if (CodeSize.of(block) <= WANTED_BYTES) {
      return block;
    }
    List<Statement> statements = new ArrayList<>();
    for (Statement statement : block.statements()) {
      statements.add(shorten(statement));
    }
    return new Block(statements);
  }

  private Statement shorten(Statement statement) {
    return switch (statement) {
      case Block block -> shorten(block);
      case Statement.If(Code condition, Block then, Block otherwise) ->
          new Statement.If(condition, shorten(then), shorten(otherwise));
      case Statement.While(Code condition, Block body) ->
          new Statement.While(condition, shorten(body));
      case Statement.Labeled(Statement.Label label, Block body) ->
          new Statement.Labeled(label, shorten(body));
      case Statement.Region(String name, Block body) -> region(name, shorten(body));
      default -> statement;
    };
  }

  private Statement region(String name, Block body) {
    VariableUse use = VariableUse.of(body);
    boolean small = CodeSize.of(body) < WANTED_BYTES / 8;
    if (small || use.leaks() || use.free().size() > MAX_PARAMETERS) {
      return new Statement.Region(name, body);
    }
    List<Variable> parameters = List.copyOf(use.free());
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + i;
    }
    methods.add(new GeneratedMethod(unique, parameters, void.class, body, false));
    List<Code> arguments = parameters.stream().map(Variable::read).toList();
    return new Statement.Run(new Code.OwnCall(unique, void.class, arguments));
  }
}
