package io.redward.gateway.aws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/// The access keys that may sign calls, read once from a file in the form of AWS's credentials
/// file. A profile's name is the database user that its key stands for:
///
/// ```
/// [analyst]
/// aws_access_key_id = AKIDEXAMPLE
/// aws_secret_access_key = …
/// ```
public final class AccessKeys {
  /// A key.
  ///
  /// @param user the database user it stands for
  record Key(String id, String secret, String user) {}

  private final Map<String, Key> keys;

  private AccessKeys(Map<String, Key> keys) {
    this.keys = keys;
  }

  public static AccessKeys none() {
    return new AccessKeys(Map.of());
  }

  /// @throws IllegalArgumentException if the file is absent or a profile lacks a part
  public static AccessKeys read(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("cannot read the access keys in " + file);
    }
    Map<String, Key> keys = new HashMap<>();
    ProfileFile profiles =
        ProfileFile.builder().content(file).type(ProfileFile.Type.CREDENTIALS).build();
    for (Profile profile : profiles.profiles().values()) {
      String id = property(profile, "aws_access_key_id", file);
      keys.put(id, new Key(id, property(profile, "aws_secret_access_key", file), profile.name()));
    }
    return new AccessKeys(keys);
  }

  private static String property(Profile profile, String name, Path file) {
    return profile
        .property(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "profile [" + profile.name() + "] of " + file + " has no " + name));
  }

  Optional<Key> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }
}
