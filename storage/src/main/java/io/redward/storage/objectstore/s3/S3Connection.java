package io.redward.storage.objectstore.s3;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// The clients of one S3 API over one pool of connections. Thread-safe.
///
/// What is safe to repeat is tried several times with growing pauses, which rides out throttling
/// and lost connections. A put that only one writer may win is tried once: its caller alone can
/// tell a repeated success from a defeat.
public final class S3Connection implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 64;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final SdkHttpClient http;
  private final S3Client repeating;
  private final S3Client single;
  private final S3Options options;

  private S3Connection(S3Options options, SdkHttpClient http) {
    this.options = options;
    this.http = http;
    AwsCredentialsProvider credentials = credentials(options.keys());
    Region region = region(options);
    repeating =
        client(options, http, credentials, region, AwsRetryStrategy.standardRetryStrategy());
    single = client(options, http, credentials, region, AwsRetryStrategy.doNotRetry());
  }

  public static S3Connection open(S3Options options) {
    return new S3Connection(
        options,
        Apache5HttpClient.builder()
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            .build());
  }

  public S3Options options() {
    return options;
  }

  /// The client for what is safe to repeat.
  public S3Client repeating() {
    return repeating;
  }

  /// The client that tries once.
  S3Client single() {
    return single;
  }

  @Override
  public void close() {
    repeating.close();
    single.close();
    http.close();
  }

  private static S3Client client(
      S3Options options,
      SdkHttpClient http,
      AwsCredentialsProvider credentials,
      Region region,
      RetryStrategy retries) {
    RetryStrategy strategy =
        retries.maxAttempts() == 1
            ? retries
            : retries.toBuilder()
                .maxAttempts(options.attempts())
                .throttlingBackoffStrategy(
                    software.amazon.awssdk.retries.api.BackoffStrategy.exponentialDelay(
                        Duration.ofMillis(100), LONGEST_PAUSE))
                .build();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .credentialsProvider(credentials)
            .region(region)
            .forcePathStyle(options.pathStyle())
            .overrideConfiguration(override -> override.retryStrategy(strategy));
    // Many servers but Amazon's refuse checksums that trail the body; our objects carry their own.
    options
        .endpoint()
        .ifPresent(
            endpoint ->
                builder
                    .endpointOverride(endpoint)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(Optional<S3Options.Keys> keys) {
    if (keys.isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    S3Options.Keys given = keys.get();
    return StaticCredentialsProvider.create(
        given.sessionToken().isPresent()
            ? AwsSessionCredentials.create(
                given.accessKeyId(), given.secretAccessKey(), given.sessionToken().get())
            : AwsBasicCredentials.create(given.accessKeyId(), given.secretAccessKey()));
  }

  /// Servers but Amazon's take any region.
  private static Region region(S3Options options) {
    if (options.region().isPresent()) {
      return Region.of(options.region().get());
    }
    if (options.endpoint().isPresent()) {
      return Region.US_EAST_1;
    }
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException e) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "no AWS region is known", e)
          .withHint(
              "Set AWS_REGION for the server, or --s3-region, or --s3-endpoint for another S3"
                  + " service.");
    }
  }
}
