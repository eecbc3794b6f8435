package io.redward.leader.system;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What views say of a statement's text: pieces of it, hashes, and what COPY and UNLOAD name.
final class StatementText {
  private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'|\\b\\d+(?:\\.\\d+)?\\b");
  private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern COPY_SOURCE =
      Pattern.compile("\\bfrom\\s+'((?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNLOAD_TARGET =
      Pattern.compile("\\bto\\s+'((?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);
  private static final Pattern FORMAT =
      Pattern.compile(
          "\\b(csv|json|avro|parquet|orc|shapefile|fixedwidth)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern ROLE =
      Pattern.compile("\\biam_role\\s+(?:as\\s+)?'?([^'\\s;]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMPRESSION =
      Pattern.compile("\\b(gzip|bzip2|zstd|lzop)\\b", Pattern.CASE_INSENSITIVE);

  private StatementText() {}

  /// The text in pieces of so many characters; one empty piece for an empty text.
  static List<String> pieces(String text, int size) {
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length() || at == 0; at += size) {
      pieces.add(text.substring(at, Math.min(text.length(), at + size)));
    }
    return pieces;
  }

  /// The same for statements that differ in blanks, comments and the case of letters only.
  static String userHash(String text) {
    return hash(plain(text));
  }

  /// The same for statements that differ in their literals, too.
  static String genericHash(String text) {
    return hash(LITERAL.matcher(plain(text)).replaceAll("?"));
  }

  private static String plain(String text) {
    String bare = COMMENT.matcher(text).replaceAll(" ").strip();
    String whole = bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare;
    return whole.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
  }

  private static String hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(hash).array());
  }

  static String copySource(String text) {
    return last(COPY_SOURCE.matcher(text), "");
  }

  static String unloadTarget(String text) {
    return last(UNLOAD_TARGET.matcher(text), "");
  }

  /// The format that COPY or UNLOAD names after its files, `txt` if none.
  static String format(String text) {
    return last(FORMAT.matcher(options(text)), "txt").toLowerCase(Locale.ROOT);
  }

  /// The format as logs of single files name it: those whose rows are lines are text.
  static String formatName(String format) {
    return switch (format) {
      case "avro" -> "Avro";
      case "json" -> "JSON";
      case "orc" -> "ORC";
      case "parquet" -> "Parquet";
      default -> "Text";
    };
  }

  /// What stands behind IAM_ROLE.
  static String role(String text) {
    return last(ROLE.matcher(text), "");
  }

  static String compression(String text) {
    return last(COMPRESSION.matcher(options(text)), "none").toLowerCase(Locale.ROOT);
  }

  private static String options(String text) {
    return text.replaceAll("'(?:[^']|'')*'", "''");
  }

  private static String last(Matcher matcher, String otherwise) {
    String found = otherwise;
    while (matcher.find()) {
      found = matcher.group(1);
    }
    return found;
  }
}
