package io.redward.functions.hash;

import static io.redward.functions.signature.ParameterType.HLLSKETCH;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.SketchText;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import java.util.List;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;

/// HyperLogLog sketches: what aggregates make of many values, these read.
public final class Sketches {
  private static final SqlType TYPE = SqlType.of(TypeKind.HLLSKETCH);
  private static final String THREE =
      "'{\"logm\":15,\"sparse\":{\"indices\":[4878,9559,14523],\"values\":[1,2,1]}}'";

  private Sketches() {}

  static List<FunctionDefinition> definitions() {
    Family f = new Family("hash", Sketches.class);
    f.function("hll_cardinality")
        .takes(HLLSKETCH)
        .gives(SqlType.BIGINT)
        .by("cardinality")
        .says("The number of distinct values that a sketch has seen, about.")
        .example("hll_cardinality(" + THREE + ")", "3");
    f.function("hll_combine_sketches")
        .takes(HLLSKETCH, HLLSKETCH)
        .gives(TYPE)
        .by("combined")
        .says("The sketch of the values of both.")
        .example("hll_cardinality(hll_combine_sketches(" + THREE + ", " + THREE + "))", "3");
    f.function("$hllsketch")
        .takes(STRING)
        .gives(TYPE)
        .by("parsed")
        .says("A conversion, for the binder.");
    f.function("$text")
        .takes(HLLSKETCH)
        .gives(SqlType.varchar(SqlType.MAX_VARCHAR_BYTES))
        .by("text")
        .says("A conversion, for the binder.");
    return f.definitions();
  }

  private static HllSketch sketch(byte[] page, int offset, int length) {
    return HllSketch.heapify(SketchText.image(page, offset, length));
  }

  private static void put(HllSketch sketch, ValueOut out) {
    out.isNull = false;
    byte[] text = SketchText.of(sketch.toCompactByteArray());
    out.bytes(text, 0, text.length);
  }

  public static long cardinality(byte[] page, int offset, int length) {
    return Math.round(sketch(page, offset, length).getEstimate());
  }

  public static void combined(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    HllUnion union = new HllUnion(SketchText.LOG_REGISTERS);
    union.update(sketch(a, ao, al));
    union.update(sketch(b, bo, bl));
    put(union.getResult(TgtHllType.HLL_6), out);
  }

  public static void parsed(byte[] page, int offset, int length, ValueOut out) {
    put(sketch(page, offset, length), out);
  }

  public static void text(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    out.bytes(page, offset, length);
  }
}
