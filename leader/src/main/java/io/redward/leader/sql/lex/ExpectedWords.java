package io.redward.leader.sql.lex;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Remembers which words the grammar would have taken at each token, to guess what a mistyped one
/// was meant to be. Costs nothing unless it is on; a text is parsed again with it on once an error
/// is known to be there.
final class ExpectedWords {
  private final boolean on;
  private final Map<Integer, Set<String>> wordsByIndex = new HashMap<>();

  ExpectedWords(boolean on) {
    this.on = on;
  }

  void note(int index, String word) {
    if (on) {
      wordsByIndex.computeIfAbsent(index, _ -> new LinkedHashSet<>()).add(word);
    }
  }

  /// The word meant by the offending token, or by the one before it, which may have passed for an
  /// alias: `SELECT a FORM t` fails at `t`.
  Optional<String> suggestion(Token[] tokens, int at) {
    if (!on) {
      return Optional.empty();
    }
    Optional<String> here = nearest(tokens[at], at);
    return here.isPresent() || at == 0 ? here : nearest(tokens[at - 1], at - 1);
  }

  private Optional<String> nearest(Token token, int at) {
    if (!token.is(TokenKind.WORD) || token.text().length() < 3) {
      return Optional.empty();
    }
    int limit = token.text().length() < 5 ? 1 : 2;
    String best = "";
    for (String word : wordsByIndex.getOrDefault(at, Set.of())) {
      int distance = word.length() < 3 ? Integer.MAX_VALUE : distance(token.text(), word);
      if (distance > 0 && distance <= limit) {
        limit = distance - 1;
        best = word;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best.toUpperCase(Locale.ROOT));
  }

  /// Letters to insert, drop, change or swap with the neighbour to make one word the other.
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
