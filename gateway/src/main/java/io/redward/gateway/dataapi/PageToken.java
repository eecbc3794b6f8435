package io.redward.gateway.dataapi;

import io.redward.gateway.aws.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// `NextToken`: where a listing goes on, opaque to the client and bound to what it lists.
final class PageToken {
  private PageToken() {}

  static String of(String subject, int next) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((subject + "#" + next).getBytes(StandardCharsets.UTF_8));
  }

  /// Where to go on; 0 without a token.
  static int read(Optional<String> token, String subject) {
    if (token.isEmpty() || token.get().isEmpty()) {
      return 0;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token.get()), StandardCharsets.UTF_8);
      int mark = text.lastIndexOf('#');
      if (mark >= 0 && text.substring(0, mark).equals(subject)) {
        return Integer.parseUnsignedInt(text.substring(mark + 1));
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static ApiException invalid() {
    return ApiException.validation("The value of NextToken is invalid.");
  }
}
