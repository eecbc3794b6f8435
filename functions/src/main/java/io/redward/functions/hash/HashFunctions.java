package io.redward.functions.hash;

import static io.redward.functions.signature.ParameterType.BIGINT;
import static io.redward.functions.signature.ParameterType.DOUBLE;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;
import static io.redward.functions.signature.ParameterType.VARBYTE;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.ResultRule;
import java.util.ArrayList;
import java.util.List;

/// The hash functions as a table.
public final class HashFunctions {
  private HashFunctions() {}

  public static List<FunctionDefinition> definitions() {
    Family f = new Family("hash", Digests.class);
    digests(f);
    checksums(f);
    fingerprints(f);
    String says = "The FNV-1a hash of 64 bits.";
    for (ParameterType type : List.of(STRING, VARBYTE)) {
      f.function("fnv_hash")
          .takes(type)
          .gives(SqlType.BIGINT)
          .by("fnv")
          .says(says)
          .example("fnv_hash('abcd'" + cast(type) + ")", "-281581062704388899");
      f.function("fnv_hash")
          .takes(type, BIGINT)
          .gives(SqlType.BIGINT)
          .by("fnv")
          .says("The FNV-1a hash of 64 bits, going on from another.")
          .example("fnv_hash('cd'" + cast(type) + ", fnv_hash('ab'))", "-281581062704388899");
    }
    f.function("fnv_hash")
        .takes(INTEGER)
        .gives(SqlType.BIGINT)
        .with(Physical.INT, HashFunctions::width)
        .by("fnvInt")
        .says(says)
        .example("fnv_hash(1)", "-5968735742475085980")
        .example("fnv_hash(1::smallint)", "589727492704079044");
    f.function("fnv_hash")
        .takes(INTEGER, BIGINT)
        .gives(SqlType.BIGINT)
        .with(Physical.INT, HashFunctions::width)
        .by("fnvInt")
        .says("The FNV-1a hash of 64 bits, going on from another.")
        .example("fnv_hash(1, fnv_hash(''))", "-5968735742475085980");
    f.function("fnv_hash")
        .takes(BIGINT)
        .gives(SqlType.BIGINT)
        .by("fnvLong")
        .says(says)
        .example("fnv_hash(1::bigint)", "-8517097267634966620");
    f.function("fnv_hash")
        .takes(BIGINT, BIGINT)
        .gives(SqlType.BIGINT)
        .by("fnvLong")
        .says("The FNV-1a hash of 64 bits, going on from another.")
        .example("fnv_hash(1::bigint, fnv_hash(''))", "-8517097267634966620");
    f.function("fnv_hash")
        .takes(DOUBLE)
        .gives(SqlType.BIGINT)
        .by("fnvDouble")
        .says(says)
        .example("fnv_hash(0.0::float)", "-6284781860667377211");
    List<FunctionDefinition> definitions = new ArrayList<>(f.definitions());
    definitions.addAll(Sketches.definitions());
    return definitions;
  }

  private static void fingerprints(Family f) {
    for (ParameterType type : List.of(VARBYTE, STRING)) {
      f.function("farmfingerprint64")
          .takes(type)
          .gives(SqlType.BIGINT)
          .by(Fingerprints.class, "farm")
          .says("FarmHash's fingerprint of 64 bits.")
          .example("farmfingerprint64('Amazon Redshift'" + cast(type) + ")", "8085098817162212970");
    }
    for (ParameterType type : List.of(STRING, VARBYTE)) {
      f.function("murmur3_32_hash")
          .takes(type)
          .gives(SqlType.INTEGER)
          .by(Fingerprints.class, "murmur")
          .says("The MurmurHash 3 of 32 bits.")
          .example("murmur3_32_hash('iceberg'" + cast(type) + ")", "1210000089");
      f.function("murmur3_32_hash")
          .takes(type, INTEGER)
          .gives(SqlType.INTEGER)
          .by(Fingerprints.class, "murmur")
          .says("The MurmurHash 3 of 32 bits, begun with a seed.")
          .example("murmur3_32_hash('iceberg'" + cast(type) + ", 0)", "1210000089");
    }
    f.function("murmur3_32_hash")
        .takes(BIGINT)
        .gives(SqlType.INTEGER)
        .by(Fingerprints.class, "murmurLong")
        .says("The MurmurHash 3 of 32 bits; whole numbers of any width count as 64 bits.")
        .example("murmur3_32_hash(34)", "2017239379");
    f.function("murmur3_32_hash")
        .takes(BIGINT, INTEGER)
        .gives(SqlType.INTEGER)
        .by(Fingerprints.class, "murmurLong")
        .says("The MurmurHash 3 of 32 bits, begun with a seed.")
        .example("murmur3_32_hash(34, 0)", "2017239379");
    f.function("murmur3_32_hash")
        .takes(DOUBLE)
        .gives(SqlType.INTEGER)
        .by(Fingerprints.class, "murmurDouble")
        .says("The MurmurHash 3 of 32 bits.")
        .example("murmur3_32_hash(1.0::float)", "-142385009");
  }

  private static void checksums(Family f) {
    for (ParameterType type : List.of(BIGINT, ParameterType.DECIMAL)) {
      f.function("checksum")
          .takes(type)
          .gives(SqlType.INTEGER)
          .by(Fingerprints.class, "checksumLong")
          .says("A number of 32 bits to build a hash index of: of a small number its digits.")
          .example(
              type == BIGINT ? "checksum(7)" : "checksum(109.20)", type == BIGINT ? "7" : "10920");
    }
    f.function("checksum")
        .takes(DOUBLE)
        .gives(SqlType.INTEGER)
        .by(Fingerprints.class, "checksumDouble")
        .says("A number of 32 bits to build a hash index of.")
        .example("checksum(1.5::float)", "1073217536");
    f.function("checksum")
        .takes(STRING)
        .gives(SqlType.INTEGER)
        .by(Fingerprints.class, "checksumText")
        .says("A number of 32 bits to build a hash index of.")
        .example("checksum('a')", "-468965076");
  }

  private static String cast(ParameterType type) {
    return type == VARBYTE ? "::varbyte" : "";
  }

  private static ExtraArgument width(List<SqlType> arguments) {
    boolean isShort = arguments.getFirst().kind() == TypeKind.SMALLINT;
    return ExtraArgument.of(isShort ? Short.BYTES : Integer.BYTES);
  }

  private static void digests(Family f) {
    f.function("md5")
        .takes(STRING)
        .gives(ResultRule.always(SqlType.varchar(32)))
        .by("md5")
        .says("The MD5 digest in 32 hexadecimal digits.")
        .example("md5('abc')", "900150983cd24fb0d6963f7d28e17f72");
    f.function("sha1", "sha", "func_sha1")
        .takes(STRING)
        .gives(ResultRule.always(SqlType.varchar(40)))
        .by("sha1")
        .says("The SHA-1 digest in 40 hexadecimal digits.")
        .example("sha1('abc')", "a9993e364706816aba3e25717850c26c9cd0d89d");
    f.function("sha2")
        .takes(STRING, INTEGER)
        .gives(ResultRule.always(SqlType.varchar(128)))
        .by("sha2")
        .says("The SHA-2 digest of 224, 256, 384 or 512 bits in hexadecimal digits.")
        .example(
            "sha2('abc', 256)", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .example("sha2('abc', 224)", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
    f.function("crc32")
        .takes(STRING)
        .gives(ResultRule.always(SqlType.varchar(8)))
        .by("crc32")
        .says("The CRC-32C checksum in eight hexadecimal digits.")
        .example("crc32('123456789')", "e3069283");
  }
}
