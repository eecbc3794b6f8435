package io.redward.cli;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes key words and the names of schemas, tables and columns, which are read from the server
/// when first needed and again after every statement that may have changed them.
final class CatalogNames implements Completer {
  private static final String NAMES =
      """
      select n.nspname, c.relname, a.attname
      from pg_namespace n, pg_class c, pg_attribute a
      where c.relnamespace = n.oid and a.attrelid = c.oid and a.attnum > 0
        and n.nspname not in ('information_schema')\
      """;

  private final Runner runner;
  private final List<String> commands;
  private final TreeSet<String> names = new TreeSet<>();
  private boolean stale = true;

  /// @param commands the backslash commands
  CatalogNames(Runner runner, List<String> commands) {
    this.runner = runner;
    this.commands = commands;
  }

  /// The catalog may have changed.
  void invalidate() {
    stale = true;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word();
    if (word.startsWith("\\")) {
      commands.forEach(name -> candidates.add(new Candidate(name)));
      return;
    }
    refresh();
    boolean lower = word.equals(word.toLowerCase(Locale.ROOT));
    for (String keyWord : KeyWords.PHRASES) {
      candidates.add(new Candidate(lower ? keyWord.toLowerCase(Locale.ROOT) : keyWord));
    }
    names.forEach(name -> candidates.add(new Candidate(name)));
  }

  private void refresh() {
    if (!stale) {
      return;
    }
    names.clear();
    try (Statement statement = runner.connection().createStatement();
        ResultSet rows = statement.executeQuery(NAMES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
        names.add(rows.getString(2));
        names.add(rows.getString(3));
      }
      stale = false;
    } catch (SQLException e) {
      // Completion is a convenience: inside a failed transaction there is just none.
      stale = true;
    }
  }
}
