package io.redward.server;

import io.redward.storage.objectstore.s3.S3Options;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say where the objects are.
final class StoreChoice {
  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "Where the objects are: s3://bucket/prefix, file:///directory or memory: (default: in the"
              + " data directory, or $REDWARD_STORE). The data directory then holds only what is"
              + " local: certificates and caches.")
  private String store = "";

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "Endpoint of the S3 API (default: $AWS_ENDPOINT_URL_S3, else Amazon's).")
  private String endpoint = "";

  @Option(
      names = "--s3-region",
      paramLabel = "NAME",
      description = "Region to sign for (default: $AWS_REGION, else the profile's).")
  private String region = "";

  @Option(
      names = "--s3-path-style",
      paramLabel = "true|false",
      description =
          "Whether the bucket is part of the path (default: true with an endpoint of its own).")
  private Optional<Boolean> pathStyle = Optional.empty();

  @Option(
      names = "--encryption-key-file",
      paramLabel = "FILE",
      description =
          "Root key of an encrypted warehouse, or of one that is to be made (default:"
              + " $REDWARD_ENCRYPTION_KEY_FILE). Make one with: redward encryption new-key FILE")
  private Optional<Path> keyFile = Optional.empty();

  /// The same choice for another process.
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    add("--store", store, arguments);
    add("--s3-endpoint", endpoint, arguments);
    add("--s3-region", region, arguments);
    pathStyle.ifPresent(style -> add("--s3-path-style", style.toString(), arguments));
    keyFile.ifPresent(
        file -> add("--encryption-key-file", file.toAbsolutePath().toString(), arguments));
    return arguments;
  }

  private static void add(String option, String value, List<String> arguments) {
    if (!value.isEmpty()) {
      arguments.add(option);
      arguments.add(value);
    }
  }

  /// Where the objects are.
  ///
  /// @param data the data directory, which has them if nothing else is said
  StoreAddress address(Path data) {
    return elsewhere(data).orElse(new StoreAddress.DataDirectory(data));
  }

  /// The same, empty if they lie unencrypted in the data directory.
  Optional<StoreAddress> elsewhere(Path data) {
    Optional<StoreAddress> place = place();
    String fromEnvironment = System.getenv("REDWARD_ENCRYPTION_KEY_FILE");
    Optional<Path> key =
        keyFile.or(
            () -> Optional.ofNullable(fromEnvironment).filter(f -> !f.isEmpty()).map(Path::of));
    return key.isEmpty()
        ? place
        : Optional.of(
            new StoreAddress.Encrypted(
                place.orElse(new StoreAddress.DataDirectory(data)), key.get()));
  }

  private Optional<StoreAddress> place() {
    String text = store;
    if (text.isEmpty()) {
      String fromEnvironment = System.getenv("REDWARD_STORE");
      text = fromEnvironment == null ? "" : fromEnvironment;
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(StoreAddress.parse(text, s3()));
  }

  private S3Options s3() {
    S3Options options = S3Options.ofEnvironment(System.getenv());
    if (!endpoint.isEmpty()) {
      options = options.withEndpoint(URI.create(endpoint));
    }
    if (!region.isEmpty()) {
      options = options.withRegion(region);
    }
    return pathStyle.isPresent() ? options.withPathStyle(pathStyle.get()) : options;
  }
}
