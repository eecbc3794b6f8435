package io.redward.tests.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a documented syntax, made fit to be walked: what `where option is …` says is put in
/// the place of the word, alternatives that are printed without braces get them, and brackets that
/// are left open are closed at the end.
final class SyntaxText {
  private static final Pattern SECTION =
      Pattern.compile("(?i)\\n\\s*(?:and\\s+)?where\\s+(\\w+)\\s+(?:is|are|can)\\b[^\\n]*\\n");
  private static final Pattern SECTION_AFTER_AND =
      Pattern.compile("(?i)\\n\\s*and\\s+(\\w+)\\s+(?:is|are|can)\\b[^\\n]*\\n");
  private static final Pattern REMARK =
      Pattern.compile("(?s)\\n(?:Note: |The following options apply only).*");
  private static final Pattern SWITCH =
      Pattern.compile("(?<![{\\[|]\\s{0,3})\\b(TRUE \\| FALSE|ON \\| OFF)\\b(?!\\s*[}|])");
  private static final Pattern TEXT_OR_NULL = Pattern.compile("('text' \\| NULL)");
  private static final Pattern SELECT_LIST =
      Pattern.compile("\\* \\| expression \\[ AS \\w+ \\] \\[, \\.\\.\\.\\]");

  private static final Pattern LIST_AS_OPTION =
      Pattern.compile("\\[ TOP number \\| (\\[ ALL \\| DISTINCT \\]\\s*\\{[^}]*\\}) \\]");

  private SyntaxText() {}

  static List<String> statements(String text) {
    String whole = REMARK.matcher(text).replaceFirst("");
    whole = SECTION_AFTER_AND.matcher(whole).replaceAll("\nwhere $1 is\n");
    whole = SWITCH.matcher(whole).replaceAll("{ $1 }");
    whole = TEXT_OR_NULL.matcher(whole).replaceAll("{ $1 }");
    whole = SELECT_LIST.matcher(whole).replaceAll("{ * | expression [ AS output_name ] }");
    whole = LIST_AS_OPTION.matcher(whole).replaceAll("[ TOP number ] $1");
    whole =
        whole.replaceAll("(?<!\\[)\\s*,\\s*\\.{3,}", " ").replace("SET parameter", "SET setting");
    whole = whole.replace("OFFSET start", "OFFSET number");
    Map<String, String> sections = new LinkedHashMap<>();
    Matcher section = SECTION.matcher(whole);
    String head = whole;
    String name = "";
    int from = 0;
    while (section.find()) {
      if (name.isEmpty()) {
        head = whole.substring(0, section.start());
      } else {
        sections.put(name, whole.substring(from, section.start()));
      }
      name = section.group(1);
      from = section.end();
    }
    if (!name.isEmpty()) {
      sections.put(name, whole.substring(from));
    }
    List<String> statements = new ArrayList<>();
    for (String statement : head.split("\\n\\s*\\n(?!\\s*[\\[|])")) {
      statements.add(closed(filled(statement, sections)));
    }
    return statements;
  }

  private static String filled(String statement, Map<String, String> sections) {
    String text = statement;
    for (Map.Entry<String, String> section : sections.entrySet()) {
      String choice =
          section.getValue().strip().replaceAll("\\n\\s*\\n", "\n|").replaceAll("\\|\\s*\\|", "|");
      Matcher place = Pattern.compile("\\b" + section.getKey() + "\\b").matcher(text);
      text = place.replaceAll(Matcher.quoteReplacement("{ " + closed(choice) + " }"));
    }
    return text;
  }

  /// With what is still open closed.
  private static String closed(String text) {
    StringBuilder open = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[' || c == '{') {
        open.append(c == '[' ? ']' : '}');
      } else if ((c == ']' || c == '}') && !open.isEmpty() && open.charAt(open.length() - 1) == c) {
        open.setLength(open.length() - 1);
      }
    }
    return text + " " + open.reverse();
  }
}
