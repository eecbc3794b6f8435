package io.redward.functions.regex;

import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.ResultRule;
import java.util.Arrays;
import java.util.List;

/// The REGEXP functions and pattern operators as a table.
public final class PatternFunctions {
  private final Family family = new Family("pattern", Regexes.class);

  private PatternFunctions() {}

  public static List<FunctionDefinition> definitions() {
    PatternFunctions table = new PatternFunctions();
    table.operators();
    table.counts();
    table.positions();
    table.parts();
    table.replacements();
    return table.family.definitions();
  }

  private void operators() {
    for (boolean anyCase : new boolean[] {false, true}) {
      String name = anyCase ? "ilike" : "like";
      String symbol = anyCase ? "~~*" : "~~";
      String says = anyCase ? " in any letter case." : ".";
      family
          .function(name, symbol)
          .takes(STRING, STRING)
          .gives(SqlType.BOOLEAN)
          .by(Likes.class, name)
          .says("True if a string is of a pattern of % and _" + says)
          .example(name + "('warehouse', 'w%h_use')", "t")
          .example(name + "('100%', '100\\%')", "t")
          .example(name + "('Ware', 'ware')", anyCase ? "t" : "f");
      family
          .function(name)
          .takes(STRING, STRING, STRING)
          .gives(SqlType.BOOLEAN)
          .by(Likes.class, name)
          .says("The same with another escape character than the backslash.")
          .example(name + "('a_b', 'a^_b', '^')", "t");
    }
    family
        .function("similar_to")
        .takes(STRING, STRING)
        .gives(SqlType.BOOLEAN)
        .by("similar")
        .says("True if a whole string is of a SQL regular expression.")
        .example("similar_to('abc', '(a|x)%')", "t")
        .example("similar_to('abc', 'b')", "f");
    family
        .function("~", "posix_regex")
        .takes(STRING, STRING)
        .gives(SqlType.BOOLEAN)
        .by("matches")
        .says("True if a POSIX regular expression matches somewhere.")
        .example("regexp_count('x1', '[[:digit:]]')", "1");
    family
        .function("~*", "posix_iregex")
        .takes(STRING, STRING)
        .gives(SqlType.BOOLEAN)
        .by("matchesAnyCase")
        .says("The same in any letter case.")
        .example("regexp_count('X1', 'x', 1, 'i')", "1");
  }

  private void counts() {
    String says = "How often a regular expression matches.";
    takes("regexp_count", "count", 0, STRING, STRING)
        .says(says)
        .example("regexp_count('abcdefghijklmnopqrstuvwxyz', '[a-z]{3}')", "8");
    takes("regexp_count", "count", 0, STRING, STRING, INTEGER)
        .says(says)
        .example("regexp_count('aaa', 'a', 2)", "2");
    takes("regexp_count", "count", 0, STRING, STRING, INTEGER, STRING)
        .says(says)
        .example("regexp_count('the fox', 'FOX', 1, 'i')", "1")
        .example(
            "regexp_count('passwd7 plain A1234 a1234',"
                + " '(?=[^ ]*[a-z])(?=[^ ]*[0-9])[^ ]+', 1, 'p')",
            "2");
  }

  private void positions() {
    String says = "Where a regular expression matches, 0 if it does not.";
    takes("regexp_instr", "instr", 0, STRING, STRING)
        .says(says)
        .example("regexp_instr('user@example.org', '@[^.]*')", "5");
    takes("regexp_instr", "instr", 0, STRING, STRING, INTEGER)
        .says(says)
        .example("regexp_instr('größer größer', 'ö', 4)", "10");
    takes("regexp_instr", "instr", 0, STRING, STRING, INTEGER, INTEGER)
        .says(says)
        .example("regexp_instr('banana', 'a', 1, 3)", "6");
    takes("regexp_instr", "instr", 0, STRING, STRING, INTEGER, INTEGER, INTEGER)
        .says(says)
        .example("regexp_instr('banana', 'an', 1, 1, 1)", "4");
    takes("regexp_instr", "instr", 0, STRING, STRING, INTEGER, INTEGER, INTEGER, STRING)
        .says(says)
        .example("regexp_instr('the fox', 'FOX', 1, 1, 0, 'i')", "5");
  }

  private void parts() {
    String says = "What a regular expression matches, the empty string if nothing.";
    takes("regexp_substr", "substr", 1, STRING, STRING)
        .says(says)
        .example("regexp_substr('user@example.org', '@[^.]*')", "@example");
    takes("regexp_substr", "substr", 1, STRING, STRING, INTEGER)
        .says(says)
        .example("regexp_substr('1 und 22', '[0-9]+', 2)", "22");
    takes("regexp_substr", "substr", 1, STRING, STRING, INTEGER, INTEGER)
        .says(says)
        .example("regexp_substr('a1 b2 c3', '[a-z][0-9]', 1, 3)", "c3");
    takes("regexp_substr", "substr", 1, STRING, STRING, INTEGER, INTEGER, STRING)
        .says(says)
        .example("regexp_substr('the fox', 'FOX', 1, 1, 'i')", "fox")
        .example("regexp_substr('one cat, one dog', 'one ([a-z]+)', 1, 2, 'e')", "dog");
  }

  private void replacements() {
    String says = "What a regular expression matches replaced; $1 is the first group.";
    takes("regexp_replace", "replace", 2, STRING, STRING)
        .says("What a regular expression matches removed.")
        .example("regexp_replace('a1b22c', '[0-9]+')", "abc");
    takes("regexp_replace", "replace", 2, STRING, STRING, STRING)
        .says(says)
        .example(
            "regexp_replace('user@example.org', '@.*(org|com)', '@intern.$1')", "user@intern.org");
    takes("regexp_replace", "replace", 2, STRING, STRING, STRING, INTEGER)
        .says(says)
        .example("regexp_replace('aaaa', 'a', 'b', 3)", "aabb");
    takes("regexp_replace", "replace", 2, STRING, STRING, STRING, INTEGER, STRING)
        .says(says)
        .example(
            "regexp_replace('the fox', 'FOX', 'quick brown fox', 1, 'i')", "the quick brown fox");
  }

  /// @param kind 0 for an integer, 1 for a part of the first argument, 2 for any string
  private Family.Entry takes(String name, String method, int kind, ParameterType... parameters) {
    Family.Entry entry =
        family.function(name).takes(Arrays.copyOf(parameters, parameters.length)).by(method);
    return switch (kind) {
      case 0 -> entry.gives(SqlType.INTEGER);
      case 1 -> entry.gives(ResultRule.partOf(0));
      default -> entry.gives(ResultRule.longText());
    };
  }
}
