package io.redward.functions.binary;

import static io.redward.functions.signature.ParameterType.BIGINT;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;
import static io.redward.functions.signature.ParameterType.VARBYTE;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ResultRule;
import io.redward.functions.string.Search;
import io.redward.functions.string.Strings;
import java.util.List;

/// The VARBYTE functions as a table.
public final class BinaryFunctions {
  private static final ResultRule BYTES =
      arguments -> SqlType.varbyte(ResultRule.lengthOf(arguments.getFirst()));

  private BinaryFunctions() {}

  public static List<FunctionDefinition> definitions() {
    Family f = new Family("binary", Bytes.class);
    texts(f);
    parts(f);
    bits(f);
    return f.definitions();
  }

  private static void texts(Family f) {
    f.function("from_hex")
        .takes(STRING)
        .gives(BYTES)
        .by("fromHex")
        .says("The bytes of hexadecimal digits.")
        .example("from_hex('6162')", "6162");
    f.function("to_hex")
        .takes(VARBYTE)
        .gives(ResultRule.longText())
        .by("toHex")
        .says("Bytes in hexadecimal digits.")
        .example("to_hex('abc'::varbyte)", "616263");
    f.function("to_hex")
        .takes(INTEGER)
        .gives(ResultRule.always(SqlType.varchar(8)))
        .by("toHex")
        .says("A number in hexadecimal digits.")
        .example("to_hex(2147450000)", "7fff7c90")
        .example("to_hex(-1)", "ffffffff");
    f.function("to_hex")
        .takes(BIGINT)
        .gives(ResultRule.always(SqlType.varchar(16)))
        .by("toHex")
        .says("A number in hexadecimal digits.")
        .example("to_hex(3000000000)", "b2d05e00");
    f.function("to_varbyte")
        .takes(STRING, STRING)
        .gives(BYTES)
        .by("toVarbyte")
        .says("The bytes of a text that is hex, binary, base64 or utf8.")
        .example("to_varbyte('01001101', 'binary')", "4d")
        .example("to_varbyte('YWI=', 'base64')", "6162");
    f.function("from_varbyte")
        .takes(VARBYTE, STRING)
        .gives(ResultRule.longText())
        .by("fromVarbyte")
        .says("Bytes as a text that is hex, binary, base64 or utf8.")
        .example("from_varbyte(from_hex('4d'), 'binary')", "01001101")
        .example("from_varbyte(from_hex('6162'), 'utf8')", "ab");
    f.function("strtol")
        .takes(STRING, INTEGER)
        .gives(SqlType.BIGINT)
        .by("strtol")
        .says("A whole number in digits of a base.")
        .example("strtol('0xf', 16)", "15")
        .example("strtol('11000111', 2)", "199");
  }

  private static void parts(Family f) {
    f.function("len", "length", "octet_length")
        .takes(VARBYTE)
        .gives(SqlType.INTEGER)
        .by(Strings.class, "octetLength")
        .says("The number of bytes.")
        .example("length('abc'::varbyte)", "3");
    f.function("substring", "substr")
        .takes(VARBYTE, INTEGER)
        .gives(BYTES)
        .by("substring")
        .says("The bytes from a position on, counted from 1.")
        .example("substring('abc'::varbyte, 3)", "63");
    f.function("substring", "substr")
        .takes(VARBYTE, INTEGER, INTEGER)
        .gives(BYTES)
        .by("substring")
        .says("Some bytes from a position on.")
        .example("substring('abc'::varbyte, 2, 1)", "62");
    f.function("concat", "||", "+")
        .takes(VARBYTE, VARBYTE)
        .gives(arguments -> SqlType.varbyte(ResultRule.concatenation().type(arguments).precision()))
        .by(Strings.class, "concat")
        .says("Bytes one after the other.")
        .example("'a'::varbyte || 'b'::varbyte", "6162");
    f.function("position", "charindex")
        .takes(VARBYTE, VARBYTE)
        .gives(SqlType.INTEGER)
        .by(Search.class, "octetPositionOf")
        .says("The position of the first bytes in the second, 0 if they do not occur.")
        .example("charindex('c'::varbyte, 'abc'::varbyte)", "3");
  }

  private static void bits(Family f) {
    f.function("getbit", "get_bit")
        .takes(VARBYTE, INTEGER)
        .gives(SqlType.INTEGER)
        .by("getBit")
        .says("One bit; bit 0 is the last.")
        .example("getbit(from_hex('4d'), 2)", "1")
        .example("getbit(from_hex('4d'), 7)", "0");
    f.function("get_byte")
        .takes(VARBYTE, INTEGER)
        .gives(SqlType.INTEGER)
        .by("getByte")
        .says("One byte as a number; byte 0 is the first.")
        .example("get_byte(from_hex('4d7f'), 1)", "127");
    f.function("set_byte")
        .takes(VARBYTE, INTEGER, INTEGER)
        .gives(BYTES)
        .by("setByte")
        .says("The bytes with one changed; byte 0 is the first.")
        .example("set_byte(from_hex('4d7f'), 1, 64)", "4d40");
    f.function("set_bit")
        .takes(VARBYTE, INTEGER, INTEGER)
        .gives(BYTES)
        .by("setBit")
        .says("The bytes with one bit changed; bit 0 is the last.")
        .example("set_bit(from_hex('4d'), 1, 1)", "4f");
    f.function("~")
        .takes(VARBYTE)
        .gives(BYTES)
        .by("not")
        .says("Each bit inverted.")
        .example("~ from_hex('4d')", "b2");
    f.function("&")
        .takes(VARBYTE, VARBYTE)
        .gives(BYTES)
        .by("and")
        .says("The bits set in both.")
        .example("'a'::varbyte & 'b'::varbyte", "60");
    f.function("|")
        .takes(VARBYTE, VARBYTE)
        .gives(BYTES)
        .by("or")
        .says("The bits set in either.")
        .example("'a'::varbyte | 'b'::varbyte", "63");
    f.function("#")
        .takes(VARBYTE, VARBYTE)
        .gives(BYTES)
        .by("xor")
        .says("The bits set in one only.")
        .example("'a'::varbyte # 'b'::varbyte", "03");
  }
}
