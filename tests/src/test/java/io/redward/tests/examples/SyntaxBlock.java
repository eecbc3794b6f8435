package io.redward.tests.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A documented syntax: words, `[optional]`, `{a | b}`, and words in lower case that stand for
/// something.
final class SyntaxBlock {
  private static final Pattern TOKEN =
      Pattern.compile("\\[\\s*,?\\s*\\.\\.\\.\\s*\\]|'[^']*'|[\\[\\]{}|]|[^\\s\\[\\]{}|']+");
  private static final Map<String, String> SAMPLES =
      Map.ofEntries(
          Map.entry("query", "select 1"),
          Map.entry("select_statement", "select 1"),
          Map.entry("statement", "select 1"),
          Map.entry("data_type", "integer"),
          Map.entry("datatype", "integer"),
          Map.entry("argtype", "integer"),
          Map.entry("arg_type", "integer"),
          Map.entry("argmode", "in"),
          Map.entry("expression", "1"),
          Map.entry("expr", "1"),
          Map.entry("argument", "1"),
          Map.entry("parameter", "1"),
          Map.entry("number", "1"),
          Map.entry("limit", "1"),
          Map.entry("count", "1"),
          Map.entry("quota", "1"),
          Map.entry("threshold", "1"),
          Map.entry("numrows", "1"),
          Map.entry("value", "1"),
          Map.entry("priority", "1"),
          Map.entry("process_id", "1"),
          Map.entry("masking_expression", "1 = 1"),
          Map.entry("using_predicate_exp", "1 = 1"),
          Map.entry("match_condition", "1 = 1"),
          Map.entry("procedure_body", "begin null; end"),
          Map.entry("parameter_string", "'{}'"),
          Map.entry("external_id", "'id'"),
          Map.entry("time_zone", "'UTC'"),
          Map.entry("account_id", "'123456789012'"),
          Map.entry("namespace_guid", "'86b5169f-01dc-4a6f-9fbb-e2e24359e9a8'"),
          Map.entry("input_columns", "a integer"),
          Map.entry("authorization", "iam_role default"),
          Map.entry("copy_command", "t from 's3://bucket/key' iam_role default"),
          Map.entry("with_subquery", "w as (select 1)"),
          Map.entry("common_table_expression", "w as (select 1)"),
          Map.entry("condition", "1 = 1"),
          Map.entry("column", "c"),
          Map.entry("seed", "1"),
          Map.entry("step", "1"),
          Map.entry("ratio", "1"),
          Map.entry("size", "1"),
          Map.entry("max_size", "1"),
          Map.entry("column_type", "integer"),
          Map.entry("updated_varchar_data_type_size", "varchar(10)"),
          Map.entry("encoding", "lzo"),
          Map.entry("encode_type", "lzo"),
          Map.entry("new_encode_type", "lzo"),
          Map.entry("default_expr", "1"),
          Map.entry("schema_element", "create table t (a integer)"),
          Map.entry("extension_name", "'txt'"),
          Map.entry("table_attributes", ""));

  /// A piece of the block.
  private sealed interface Part {
    record Word(String text) implements Part {}

    record Choice(List<List<Part>> branches, boolean optional) implements Part {}
  }

  private final List<String> tokens = new ArrayList<>();
  private final List<List<Part>> branches;
  private int at;

  private SyntaxBlock(String text) {
    String plain = text.replaceAll(";\\s*$", "").replaceAll("([a-z])-(?=[a-z])", "$1_");
    Matcher matcher = TOKEN.matcher(plain);
    while (matcher.find()) {
      if (matcher.group().startsWith("'") || !matcher.group().contains("...")) {
        tokens.add(matcher.group());
      }
    }
    branches = branches("");
  }

  /// The block, if its brackets match.
  static Optional<SyntaxBlock> of(String text) {
    try {
      SyntaxBlock block = new SyntaxBlock(text);
      return block.at == block.tokens.size() ? Optional.of(block) : Optional.empty();
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private List<List<Part>> branches(String end) {
    List<List<Part>> all = new ArrayList<>();
    List<Part> branch = new ArrayList<>();
    all.add(branch);
    while (end.isEmpty() ? at < tokens.size() : !tokens.get(at).equals(end)) {
      String token = tokens.get(at++);
      switch (token) {
        case "[" -> branch.add(new Part.Choice(branches("]"), true));
        case "{" -> branch.add(new Part.Choice(branches("}"), false));
        case "|" -> {
          branch = new ArrayList<>();
          all.add(branch);
        }
        case "]", "}" -> throw new IndexOutOfBoundsException(token);
        default -> branch.add(new Part.Word(token));
      }
    }
    at += end.isEmpty() ? 0 : 1;
    return all;
  }

  /// The shortest form of each branch, and with each optional part or other choice by itself.
  List<String> forms() {
    List<String> forms = new ArrayList<>();
    for (List<Part> branch : branches) {
      for (String form : variants(branch)) {
        String text = form.replaceAll("\\s+", " ").replaceAll("\\s*\\.\\s*", ".").strip();
        if (!forms.contains(text)) {
          forms.add(text);
        }
      }
    }
    return forms;
  }

  /// The first is the shortest.
  private static List<String> variants(List<Part> parts) {
    List<List<String>> each = new ArrayList<>();
    for (Part part : parts) {
      List<String> own = new ArrayList<>();
      switch (part) {
        case Part.Word(String text) -> own.add(sample(text));
        case Part.Choice(List<List<Part>> choices, boolean optional) -> {
          if (optional) {
            own.add("");
          }
          choices.forEach(choice -> own.addAll(variants(choice)));
        }
      }
      each.add(own);
    }
    List<String> variants = new ArrayList<>();
    variants.add(joined(each, -1, 0));
    for (int i = 0; i < each.size(); i++) {
      for (int k = 1; k < each.get(i).size(); k++) {
        variants.add(joined(each, i, k));
      }
    }
    return variants;
  }

  private static String joined(List<List<String>> each, int chosen, int variant) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < each.size(); i++) {
      text.append(each.get(i).get(i == chosen ? variant : 0)).append(' ');
    }
    return text.toString();
  }

  private static String sample(String token) {
    Matcher word = Pattern.compile("[a-z_]+").matcher(token);
    StringBuilder text = new StringBuilder();
    if (token.startsWith("'")) {
      return token;
    }
    while (word.find()) {
      word.appendReplacement(
          text, Matcher.quoteReplacement(SAMPLES.getOrDefault(word.group(), word.group())));
    }
    return word.appendTail(text).toString();
  }
}
