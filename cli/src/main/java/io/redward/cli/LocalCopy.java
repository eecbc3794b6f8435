package io.redward.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `\copy TABLE [(COLUMNS)] | (QUERY) FROM | TO 'file' [OPTIONS]`: COPY with a file of the client's
/// machine.
///
/// @param statement what the server is sent: COPY FROM STDIN or TO STDOUT
record LocalCopy(String statement, String file, boolean fromFile) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?is)(?<what>\\(.*\\)|[^\\s(]+(?:\\s*\\([^)]*\\))?)\\s+(?<way>from|to)\\s+"
              + "(?:'(?<quoted>(?:[^']|'')+)'|(?<plain>\\S+))(?<options>.*)");

  /// @throws IllegalArgumentException if the argument has another form
  static LocalCopy of(String argument) {
    Matcher form = FORM.matcher(argument);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\\copy: TABLE [(COLUMNS)] or (QUERY), FROM or TO, a file, and options of COPY");
    }
    boolean from = form.group("way").equalsIgnoreCase("from");
    String quoted = form.group("quoted");
    String file = quoted == null ? form.group("plain") : quoted.replace("''", "'");
    String statement =
        "copy "
            + form.group("what")
            + (from ? " from stdin" : " to stdout")
            + form.group("options").stripTrailing();
    return new LocalCopy(statement, file, from);
  }
}
