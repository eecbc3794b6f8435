package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.CredentialOption;
import io.redward.spi.MasterKey;
import io.redward.storage.objectstore.s3.S3Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What COPY and UNLOAD say about authorization. A role stands for the server's own credentials:
/// there is no service to ask for those of another.
final class StoreKeys {
  private StoreKeys() {}

  /// The keys to sign with; empty for the server's own.
  static Optional<S3Options.Keys> of(List<CopyOption> options) {
    Map<String, String> given = given(options);
    @Nullable String id = given.get("aws_access_key_id");
    @Nullable String secret = given.get("aws_secret_access_key");
    if (id == null && secret == null) {
      return Optional.empty();
    }
    if (id == null || secret == null) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "an access key needs both ACCESS_KEY_ID and SECRET_ACCESS_KEY")
          .withPosition(position(options));
    }
    return Optional.of(new S3Options.Keys(id, secret, Optional.ofNullable(given.get("token"))));
  }

  /// The key with which files are encrypted on this side.
  static Optional<MasterKey> master(List<CopyOption> options) {
    return Optional.ofNullable(given(options).get("master_symmetric_key")).map(MasterKey::of);
  }

  /// Where the last of them stands.
  private static int position(List<CopyOption> options) {
    return options.stream()
        .filter(CredentialOption.class::isInstance)
        .mapToInt(option -> ((CredentialOption) option).position())
        .max()
        .orElse(0);
  }

  private static Map<String, String> given(List<CopyOption> options) {
    Map<String, String> given = new HashMap<>();
    for (CopyOption option : options) {
      if (option instanceof CredentialOption credential) {
        switch (credential.kind()) {
          case ACCESS_KEY_ID -> given.put("aws_access_key_id", credential.secret());
          case SECRET_ACCESS_KEY -> given.put("aws_secret_access_key", credential.secret());
          case SESSION_TOKEN -> given.put("token", credential.secret());
          case MASTER_SYMMETRIC_KEY -> given.put("master_symmetric_key", credential.secret());
          case CREDENTIALS -> given.putAll(parsed(credential));
        }
      }
    }
    return given;
  }

  /// `name=value;name=value`.
  private static Map<String, String> parsed(CredentialOption credential) {
    Map<String, String> given = new HashMap<>();
    for (String part : credential.secret().split(";")) {
      int equals = part.indexOf('=');
      if (equals <= 0) {
        throw new SqlException(
                SqlState.INVALID_PARAMETER_VALUE,
                "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or"
                    + " 'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'")
            .withPosition(credential.position());
      }
      given.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }
    return given;
  }
}
