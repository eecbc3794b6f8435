package io.redward.gateway.console;

import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.http.HttpCall;
import io.redward.leader.session.Uploads;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Takes the files that are dropped into the console, piece by piece: the body of a call is the
/// next piece, headers say of which file and where. Statements then name it `upload:ID/name`.
public final class ConsoleUploads {
  static final String UPLOAD = "Upload";
  static final String FORGET = "ForgetUpload";

  private static final String HEADER = "x-redward-upload-";

  private final Uploads uploads;

  public ConsoleUploads(Uploads uploads) {
    this.uploads = uploads;
  }

  ObjectNode take(HttpCall call, String user) {
    long offset;
    try {
      offset = Long.parseLong(header(call, "offset").orElse("0"));
    } catch (NumberFormatException _) {
      throw ApiException.validation("The offset is no number.");
    }
    String location =
        uploads.append(
            user,
            header(call, "location").orElse(""),
            header(call, "name").orElse(""),
            offset,
            call.body());
    ObjectNode node = ApiBody.MAPPER.createObjectNode();
    return node.put("Location", location).put("Bytes", offset + call.body().length);
  }

  ObjectNode forget(ApiBody body, String user) {
    uploads.forget(user, body.required("Location"));
    return ApiBody.MAPPER.createObjectNode();
  }

  private static Optional<String> header(HttpCall call, String name) {
    return call.header(HEADER + name)
        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8));
  }
}
