package io.redward.gateway.dataapi;

import static java.util.Objects.requireNonNull;

import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.SqlParameter;
import io.redward.leader.session.ParameterValue;
import io.redward.leader.sql.lex.Lexer;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A statement whose `:name` parameters have become `$1`, `$2`, …, and their values in that order.
record NamedParameters(String text, List<ParameterValue> values) {
  /// @throws ApiException if a name has no value or a value no name
  static NamedParameters replace(String sql, List<SqlParameter> given) {
    if (given.isEmpty()) {
      return new NamedParameters(sql, List.of());
    }
    Map<String, String> valueByName = new LinkedHashMap<>();
    given.forEach(p -> valueByName.put(p.name().toLowerCase(Locale.ROOT), p.value()));
    List<String> order = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int copied = 0;
    List<Token> tokens = Lexer.tokensOf(sql, ParserOptions.DEFAULT);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token colon = tokens.get(i);
      Token name = tokens.get(i + 1);
      if (colon.kind() != TokenKind.COLON
          || name.kind() != TokenKind.WORD
          || name.start() != colon.end()) {
        continue;
      }
      if (!valueByName.containsKey(name.text())) {
        throw ApiException.validation("Parameter " + name.text() + " has no value.");
      }
      if (!order.contains(name.text())) {
        order.add(name.text());
      }
      text.append(sql, copied, colon.start()).append('$').append(order.indexOf(name.text()) + 1);
      copied = name.end();
    }
    for (String name : valueByName.keySet()) {
      if (!order.contains(name)) {
        throw ApiException.validation("Parameters [" + name + "] are not used by the statement.");
      }
    }
    text.append(sql, copied, sql.length());
    List<ParameterValue> values = new ArrayList<>();
    for (String name : order) {
      values.add(new ParameterValue.Text(requireNonNull(valueByName.get(name))));
    }
    return new NamedParameters(text.toString(), values);
  }
}
