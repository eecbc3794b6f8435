package io.redward.storage.objectstore.s3;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// How to reach an S3 API.
///
/// @param endpoint of the API; empty for Amazon's own of the region
/// @param region to sign for; empty for what the environment, the profile or the machine say
/// @param pathStyle whether the bucket is part of the path instead of the host name
/// @param keys to sign with; empty for the chain of environment, profile, container and machine
/// @param attempts how often what is safe to repeat is tried
public record S3Options(
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle,
    Optional<Keys> keys,
    int attempts) {
  private static final int ATTEMPTS = 8;

  /// Of a store that is tried as often as usual.
  public S3Options(
      Optional<URI> endpoint, Optional<String> region, boolean pathStyle, Optional<Keys> keys) {
    this(endpoint, region, pathStyle, keys, ATTEMPTS);
  }

  /// An access key.
  ///
  /// @param sessionToken empty for a lasting key
  public record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
    /// Without the secrets.
    @Override
    public String toString() {
      return "Keys[" + accessKeyId + "]";
    }
  }

  /// What the variables of the usual tools say: `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`,
  /// `AWS_REGION`, `AWS_DEFAULT_REGION`, `AWS_MAX_ATTEMPTS`. An endpoint of its own means path
  /// style.
  public static S3Options ofEnvironment(Map<String, String> environment) {
    Optional<URI> endpoint =
        first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL").map(URI::create);
    Optional<String> region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
    int attempts =
        first(environment, "AWS_MAX_ATTEMPTS")
            .filter(text -> text.matches("[1-9][0-9]{0,2}"))
            .map(Integer::parseInt)
            .orElse(ATTEMPTS);
    return new S3Options(endpoint, region, endpoint.isPresent(), Optional.empty(), attempts);
  }

  public S3Options withEndpoint(URI uri) {
    return new S3Options(Optional.of(uri), region, true, keys, attempts);
  }

  public S3Options withRegion(String name) {
    return new S3Options(endpoint, Optional.of(name), pathStyle, keys, attempts);
  }

  public S3Options withPathStyle(boolean style) {
    return new S3Options(endpoint, region, style, keys, attempts);
  }

  public S3Options withKeys(Keys signing) {
    return new S3Options(endpoint, region, pathStyle, Optional.of(signing), attempts);
  }

  public S3Options withAttempts(int tries) {
    return new S3Options(endpoint, region, pathStyle, keys, tries);
  }

  private static Optional<String> first(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
