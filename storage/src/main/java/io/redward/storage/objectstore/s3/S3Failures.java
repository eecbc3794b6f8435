package io.redward.storage.objectstore.s3;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What an S3 API refuses or does not answer, as errors that name the object and what to do.
public final class S3Failures {
  private S3Failures() {}

  /// @param action what was tried, as in "could not read"
  /// @param object the object's address, `s3://bucket/key`
  public static SqlException describe(String action, String object, SdkException cause) {
    String what = "could not " + action + " \"" + object + "\": ";
    if (!(cause instanceof S3Exception answered)) {
      return new SqlException(SqlState.IO_ERROR, what + "the object store cannot be reached", cause)
          .withDetail(firstLine(cause))
          .withHint("Check the endpoint, the network and the credentials, then try again.");
    }
    String code = code(answered);
    if (answered instanceof NoSuchBucketException || code.equals("NoSuchBucket")) {
      return new SqlException(SqlState.UNDEFINED_FILE, what + "there is no such bucket", cause)
          .withHint("Create the bucket, or correct its name.");
    }
    return switch (answered.statusCode()) {
      case 401, 403 ->
          new SqlException(
                  SqlState.INSUFFICIENT_PRIVILEGE, what + "access denied (" + code + ")", cause)
              .withHint("Check the credentials and what they are allowed to do in the bucket.");
      case 404 ->
          new SqlException(SqlState.UNDEFINED_FILE, what + "there is no such object", cause);
      case 429, 503 ->
          new SqlException(SqlState.IO_ERROR, what + "the object store asks to slow down", cause)
              .withDetail(code + ", HTTP status " + answered.statusCode())
              .withHint("Try again later, or raise the store's request limits.");
      case 507 ->
          new SqlException(SqlState.DISK_FULL, what + "the object store is full", cause)
              .withHint("Free some space in the object store and try again.");
      default ->
          new SqlException(
                  SqlState.IO_ERROR,
                  what
                      + firstLine(cause)
                      + " ("
                      + code
                      + ", HTTP status "
                      + answered.statusCode()
                      + ")",
                  cause)
              .withHint("Look at the object store's log, then try again.");
    };
  }

  /// The answer's error code, such as `SlowDown`.
  static String code(S3Exception answered) {
    String code =
        answered.awsErrorDetails() == null ? null : answered.awsErrorDetails().errorCode();
    return code == null ? "status " + answered.statusCode() : code;
  }

  private static String firstLine(SdkException cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() > 300 ? line.substring(0, 300).strip() : line.strip();
  }
}
