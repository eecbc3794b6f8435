package io.redward.gateway.aws;

import io.redward.gateway.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Verifies AWS Signature Version 4: signs the call again as its headers say, with the key's
/// secret, and compares.
final class SignatureCheck {
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=([^/,]+)/(\\d{8})/([^/,]+)/([^/,]+)/aws4_request, *"
              + "SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

  private final AccessKeys keys;
  private final InstantSource clock;

  SignatureCheck(AccessKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// The database user whose key signed the call.
  ///
  /// @throws ApiException in AWS's words if it is not signed, by no known key, at another time or
  ///     wrongly
  String user(HttpCall call) {
    String authorization =
        call.header("authorization")
            .orElseThrow(
                () ->
                    ApiException.of(
                        403,
                        "MissingAuthenticationTokenException",
                        "Missing Authentication Token"));
    Matcher parts = AUTHORIZATION.matcher(authorization);
    if (!parts.matches()) {
      throw ApiException.of(
          400,
          "IncompleteSignatureException",
          "Authorization header is not a Signature Version 4 header");
    }
    AccessKeys.Key key =
        keys.find(parts.group(1))
            .orElseThrow(
                () ->
                    ApiException.of(
                        403,
                        "UnrecognizedClientException",
                        "The security token included in the request is invalid."));
    Instant signedAt = signedAt(call, parts.group(2));
    String wanted = sign(call, parts, key, signedAt);
    boolean same =
        MessageDigest.isEqual(
            wanted.getBytes(StandardCharsets.US_ASCII),
            parts.group(6).getBytes(StandardCharsets.US_ASCII));
    if (!same) {
      throw ApiException.of(
          403,
          "InvalidSignatureException",
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.");
    }
    return key.user();
  }

  private Instant signedAt(HttpCall call, String scopeDate) {
    String date = call.header("x-amz-date").orElse("");
    try {
      Instant signedAt = DATE.parse(date, Instant::from);
      if (date.startsWith(scopeDate)
          && Duration.between(signedAt, clock.instant()).abs().compareTo(SKEW) <= 0) {
        return signedAt;
      }
    } catch (DateTimeException e) {
      throw ApiException.of(
          403, "IncompleteSignatureException", "Date must be in ISO-8601 'basic format'");
    }
    throw ApiException.of(
        403,
        "InvalidSignatureException",
        "Signature expired: "
            + date
            + " is not within 5 minutes of "
            + DATE.format(clock.instant()));
  }

  private static String sign(HttpCall call, Matcher parts, AccessKeys.Key key, Instant signedAt) {
    List<String> signedHeaders = Arrays.asList(parts.group(5).split(";"));
    if (!signedHeaders.contains("host")) {
      throw ApiException.of(403, "InvalidSignatureException", "'Host' must be a signed header");
    }
    String host = call.header("host").orElse("");
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(call.method()))
            .uri(URI.create("http://" + host + call.target()));
    for (String name : signedHeaders) {
      Optional<List<String>> values = Optional.ofNullable(call.headers().get(name));
      values.ifPresent(given -> request.putHeader(name, given));
    }
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(AwsCredentialsIdentity.create(key.id(), key.secret()))
                    .request(request.build())
                    .payload(
                        ContentStreamProvider.fromInputStreamSupplier(
                            () -> new ByteArrayInputStream(call.body())))
                    .putProperty(AwsV4HttpSigner.REGION_NAME, parts.group(3))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, parts.group(4))
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(signedAt, ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .map(AUTHORIZATION::matcher)
        .filter(Matcher::matches)
        .map(again -> again.group(6))
        .orElse("");
  }
}
