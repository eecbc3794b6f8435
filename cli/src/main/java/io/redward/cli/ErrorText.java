package io.redward.cli;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// An error with the line it is about and a caret under the spot.
final class ErrorText {
  private ErrorText() {}

  static String of(SQLException error, String statement) {
    if (!(error instanceof PSQLException)
        || ((PSQLException) error).getServerErrorMessage() == null) {
      return "ERROR: " + error.getMessage();
    }
    ServerErrorMessage server = ((PSQLException) error).getServerErrorMessage();
    StringBuilder text = new StringBuilder();
    text.append(server.getSeverity()).append(":  ").append(server.getMessage());
    text.append("  (").append(server.getSQLState()).append(')');
    if (server.getPosition() > 0) {
      text.append(caret(statement, server.getPosition()));
    }
    if (server.getDetail() != null) {
      text.append("\nDETAIL:  ").append(server.getDetail());
    }
    if (server.getHint() != null) {
      text.append("\nHINT:  ").append(server.getHint());
    }
    return text.toString();
  }

  /// @param position 1-based, in characters
  private static String caret(String statement, int position) {
    int at = Math.min(statement.length(), position - 1);
    int lineStart = statement.lastIndexOf('\n', at - 1) + 1;
    int lineEnd = statement.indexOf('\n', at);
    String line = statement.substring(lineStart, lineEnd < 0 ? statement.length() : lineEnd);
    long number = statement.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    String label = "LINE " + number + ": ";
    return "\n" + label + line + "\n" + " ".repeat(label.length() + at - lineStart) + "^";
  }
}
