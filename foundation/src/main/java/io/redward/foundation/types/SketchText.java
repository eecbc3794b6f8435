package io.redward.foundation.types;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HLLSKETCH values, which are stored as their text, and the images of them that the library of
/// sketches reads and writes.
///
/// A sketch of few values is sparse:
/// `{"version":1,"logm":15,"sparse":{"indices":[…],"values":[…]}}` with the coupons' lower 26 bits
/// as indices, ascending, and their upper 6 bits as values. Any other is dense: its image in
/// Base64.
///
/// An image begins with bytes: 0 number of ints before the values, 1 version, 2 family, 3 logarithm
/// of the registers' number, 4 logarithm of the array's size, 5 flags, 6 number of coupons of a
/// list, 7 mode (0 list, 1 set, 2 registers; above it the form of registers). The coupons, four
/// bytes each, the lowest first, follow at 8 in a list, at 12 in a set, whose number is at 8.
public final class SketchText {
  /// 2^15 registers.
  public static final int LOG_REGISTERS = 15;

  private static final int INDEX_BITS = 26;
  private static final int LIST = 0;
  private static final int SET = 1;
  private static final int COMPACT_EMPTY = 0b1100;
  private static final int COMPACT = 0b1000;
  private static final int SIX_BIT_REGISTERS = 1 << 2;
  private static final Pattern LOG = Pattern.compile("\"logm\"\\s*:\\s*(\\d{1,2})");
  private static final Pattern INDICES = Pattern.compile("\"indices\"\\s*:\\s*\\[([^]]*)]");
  private static final Pattern VALUES = Pattern.compile("\"values\"\\s*:\\s*\\[([^]]*)]");

  private SketchText() {}

  /// The text of an image.
  public static byte[] of(byte[] image) {
    int mode = image[7] & 3;
    if (mode != LIST && mode != SET) {
      return Base64.getEncoder().encode(image);
    }
    ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    int count = mode == LIST ? image[6] : in.getInt(8);
    int start = mode == LIST ? 8 : 12;
    long[] coupons = new long[count];
    for (int i = 0; i < count; i++) {
      int coupon = in.getInt(start + 4 * i);
      long index = coupon & (1 << INDEX_BITS) - 1;
      coupons[i] = index << 6 | coupon >>> INDEX_BITS;
    }
    Arrays.sort(coupons);
    String text =
        "{\"version\":1,\"logm\":"
            + image[3]
            + ",\"sparse\":{\"indices\":["
            + joined(coupons, i -> (int) (coupons[i] >> 6))
            + "],\"values\":["
            + joined(coupons, i -> (int) coupons[i] & 63)
            + "]}}";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String joined(long[] coupons, IntUnaryOperator part) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < coupons.length; i++) {
      out.append(i == 0 ? "" : ",").append(part.applyAsInt(i));
    }
    return out.toString();
  }

  /// The image of a text.
  ///
  /// @throws SqlException 22P02 if it is the text of no sketch
  public static byte[] image(byte[] page, int offset, int length) {
    String text = new String(page, offset, length, StandardCharsets.UTF_8).strip();
    if (text.startsWith("{")) {
      return sparse(text);
    }
    try {
      byte[] image = Base64.getDecoder().decode(text.replace("\"", ""));
      if (image.length > 8 && image[2] == 7) {
        return image;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw invalid();
  }

  private static byte[] sparse(String text) {
    int log = number(LOG, text);
    int[] indices = numbers(INDICES, text);
    int[] values = numbers(VALUES, text);
    if (log < 4 || log > 21 || indices.length != values.length) {
      throw invalid();
    }
    ByteBuffer out = ByteBuffer.allocate(12 + 4 * indices.length).order(ByteOrder.LITTLE_ENDIAN);
    boolean empty = indices.length == 0;
    out.put((byte) (empty ? 2 : 3)).put((byte) 1).put((byte) 7).put((byte) log);
    out.put((byte) (empty ? 3 : 0)).put((byte) (empty ? COMPACT_EMPTY : COMPACT)).put((byte) 0);
    out.put((byte) ((empty ? LIST : SET) | SIX_BIT_REGISTERS)).putInt(indices.length);
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= 1 << INDEX_BITS || values[i] < 1 || values[i] > 63) {
        throw invalid();
      }
      out.putInt(values[i] << INDEX_BITS | indices[i]);
    }
    return empty ? Arrays.copyOf(out.array(), 8) : out.array();
  }

  private static int number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static int[] numbers(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw invalid();
    }
    String list = matcher.group(1).strip();
    try {
      return list.isEmpty()
          ? new int[0]
          : Arrays.stream(list.split(",")).map(String::strip).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException _) {
      throw invalid();
    }
  }

  private static SqlException invalid() {
    return SqlException.ofValue(
        SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type hllsketch");
  }
}
