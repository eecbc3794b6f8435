package io.redward.functions.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.signature.OpenSessions;
import io.redward.functions.signature.SessionFunctions;
import io.redward.functions.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Items of access lists, which are texts of the form `grantee=letters/grantor`.
public final class AccessItems {
  private static final Map<String, Character> LETTERS =
      Map.ofEntries(
          Map.entry("SELECT", 'r'),
          Map.entry("INSERT", 'a'),
          Map.entry("UPDATE", 'w'),
          Map.entry("DELETE", 'd'),
          Map.entry("RULE", 'R'),
          Map.entry("REFERENCES", 'x'),
          Map.entry("TRIGGER", 't'),
          Map.entry("DROP", 'D'),
          Map.entry("ALTER", 'A'),
          Map.entry("EXECUTE", 'X'),
          Map.entry("USAGE", 'U'),
          Map.entry("CREATE", 'C'),
          Map.entry("TEMP", 'T'),
          Map.entry("TEMPORARY", 'T'));

  private AccessItems() {}

  /// The item of a user, or of a group if the user is 0, or of PUBLIC if both are.
  public static void make(
      int user,
      int group,
      int grantor,
      byte[] page,
      int offset,
      int length,
      int grantable,
      long session,
      ValueOut out) {
    String privilege = Numbers.text(page, offset, length);
    Character letter = LETTERS.get(privilege.strip().toUpperCase(Locale.ROOT));
    if (letter == null) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"" + privilege + "\"");
    }
    SessionFunctions names = OpenSessions.get(session);
    String grantee = "";
    if (user != 0) {
      grantee = names.userName(user).orElse(Integer.toString(user));
    } else if (group != 0) {
      grantee = "group " + names.groupName(group).orElse(Integer.toString(group));
    }
    CatalogLookups.text(
        grantee
            + "="
            + letter
            + (grantable == 1 ? "*" : "")
            + "/"
            + names.userName(grantor).orElse(Integer.toString(grantor)),
        out);
  }

  /// Whether a list gives at least what an item does, to the same grantee and by the same grantor.
  public static int contains(
      byte[] page, int offset, int length, byte[] item, int itemOffset, int itemLength) {
    String wanted = Numbers.text(item, itemOffset, itemLength).strip();
    for (String held : items(Numbers.text(page, offset, length))) {
      if (gives(held, wanted)) {
        return 1;
      }
    }
    return 0;
  }

  private static boolean gives(String held, String wanted) {
    int heldEquals = held.lastIndexOf('=');
    int equals = wanted.lastIndexOf('=');
    int heldSlash = held.indexOf('/', heldEquals + 1);
    int slash = wanted.indexOf('/', equals + 1);
    if (heldEquals < 0 || equals < 0 || heldSlash < 0 || slash < 0) {
      return false;
    }
    String letters = held.substring(heldEquals + 1, heldSlash);
    String asked = wanted.substring(equals + 1, slash);
    if (!held.substring(0, heldEquals).equals(wanted.substring(0, equals))
        || !held.substring(heldSlash).equals(wanted.substring(slash))) {
      return false;
    }
    for (int i = 0; i < asked.length(); i++) {
      char letter = asked.charAt(i);
      boolean withOption = i + 1 < asked.length() && asked.charAt(i + 1) == '*';
      if (letter != '*' && !letters.contains(withOption ? letter + "*" : letter + "")) {
        return false;
      }
    }
    return true;
  }

  /// The elements of an array's text, without quotes and backslashes.
  private static List<String> items(String array) {
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    boolean quoted = false;
    for (int i = 1; i < array.length() - 1; i++) {
      char c = array.charAt(i);
      if (c == '\\' && i + 1 < array.length() - 1) {
        item.append(array.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        items.add(item.toString());
        item.setLength(0);
      } else {
        item.append(c);
      }
    }
    items.add(item.toString());
    return items;
  }
}
