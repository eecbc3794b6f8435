package io.redward.functions.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.Invocation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CastCatalogTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INTEGER | 42 | 42",
        "INTEGER | -2147483648 | -2147483648",
        "BIGINT | -9223372036854775808 | -9223372036854775808",
        "BIGINT | ` 7 ` | 7",
        "BOOLEAN | yes | true",
        "BOOLEAN | F | false",
        "DOUBLE | 0.1 | 0.1",
        "DOUBLE | 1e300 | 1e+300",
        "DOUBLE | 123456789012345678 | 1.23456789012346e+17",
        "DOUBLE | 3.14159265358979312 | 3.14159265358979",
        "DOUBLE | 0.00001 | 1e-05",
        "DOUBLE | 1000000 | 1000000",
        "REAL | 3.14159 | 3.14159",
        "REAL | 1234567 | 1.23457e+06",
        "DATE | Jan 5 2008 | 2008-01-05",
        "TIME | 4:05 PM | 16:05:00",
        "TIMETZ | 13:24:55 PST | 13:24:55-08",
        "TIMESTAMP | 20080105 | 2008-01-05 00:00:00",
        "TIMESTAMPTZ | 2008-01-05 10:00:00+02 | 2008-01-05 08:00:00+00",
        "INTERVAL_YEAR_MONTH | 14 months | 1 year 2 mons",
        "INTERVAL_DAY_SECOND | 36 hours | 1 day 12:00:00"
      })
  void textBecomesAValueAndTextAgain(TypeKind kind, String text, String expected) {
    SqlType type = SqlType.of(kind);
    Object value = Invocation.cast(SqlType.varchar(100), type, text);
    assertThat(Invocation.cast(type, SqlType.varchar(100), value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 | 2 | 12.345 | 12.35",
        "10 | 2 | -12.345 | -12.35",
        "10 | 2 | 1e3 | 1000.00",
        "38 | 10 | 12345678901234567890.5 | 12345678901234567890.5000000000",
        "38 | 0 | -99999999999999999999999999999999999999 |"
            + " -99999999999999999999999999999999999999",
        "18 | 18 | .000000000000000001 | 0.000000000000000001"
      })
  void decimalsAreRoundedToTheirScale(int precision, int scale, String text, String expected) {
    SqlType type = SqlType.decimal(precision, scale);
    Object value = Invocation.cast(SqlType.varchar(100), type, text);
    assertThat(Invocation.cast(type, SqlType.varchar(100), value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTEGER | 4x | invalid input syntax for integer: \"4x\"",
        "SMALLINT | 40000 | value \"40000\" is out of range for type smallint",
        "BIGINT | 9223372036854775808 "
            + "| value \"9223372036854775808\" is out of range for type bigint",
        "DOUBLE | abc | invalid input syntax for type double precision: \"abc\"",
        "BOOLEAN | maybe | invalid input syntax for type boolean: \"maybe\"",
        "DATE | 2001-06-31 | date/time field value out of range: \"2001-06-31\""
      })
  void textThatIsNoValueIsAnError(TypeKind kind, String text, String message) {
    assertThatThrownBy(() -> Invocation.cast(SqlType.varchar(100), SqlType.of(kind), text))
        .isInstanceOf(SqlException.class)
        .hasMessage(message);
  }

  @Test
  void decimalsTooLongAreAnError() {
    assertThatThrownBy(() -> Invocation.cast(SqlType.varchar(10), SqlType.decimal(4, 2), "100.00"))
        .hasMessage("Numeric data overflow (result precision)");
    assertThatThrownBy(() -> Invocation.cast(SqlType.varchar(10), SqlType.decimal(4, 2), "1.0.0"))
        .hasMessage("invalid input syntax for type numeric: \"1.0.0\"");
  }

  @ParameterizedTest
  @EnumSource(
      value = TypeKind.class,
      names = {
        "BOOLEAN",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "REAL",
        "DOUBLE",
        "DATE",
        "TIME",
        "TIMETZ",
        "TIMESTAMP",
        "TIMESTAMPTZ",
        "INTERVAL_YEAR_MONTH",
        "INTERVAL_DAY_SECOND"
      })
  void tryCastAnswersNullForTextThatIsNoValue(TypeKind kind) {
    CastImplementation cast =
        CastCatalog.orNull(SqlType.varchar(10), SqlType.of(kind)).orElseThrow();
    assertThat(Invocation.call(cast.function(), List.of("nothing"))).isEmpty();
  }

  @Test
  void tryCastAnswersNullForDecimalsThatDoNotFit() {
    for (SqlType type : List.of(SqlType.decimal(4, 2), SqlType.decimal(20, 18))) {
      CastImplementation cast = CastCatalog.orNull(SqlType.varchar(10), type).orElseThrow();
      List<Object> arguments = List.of("100.00", type.precision(), type.scale());
      assertThat(Invocation.call(cast.function(), arguments)).isEmpty();
    }
  }

  @Test
  void explicitCastsCutAtACharactersBoundary() {
    assertThat(Invocation.cast(SqlType.varchar(20), SqlType.varchar(5), "größer")).isEqualTo("grö");
    assertThat(Invocation.cast(SqlType.varchar(20), SqlType.character(4), "ab  cd"))
        .isEqualTo("ab");
  }

  @Test
  void assignmentRefusesWhatDoesNotFitButBlanks() {
    assertThat(Invocation.assign(SqlType.varchar(20), SqlType.varchar(3), "abc   "))
        .isEqualTo("abc");
    assertThatThrownBy(() -> Invocation.assign(SqlType.varchar(20), SqlType.varchar(3), "abcd"))
        .hasMessage("Value too long for character type");
  }

  @Test
  void floatingPointRoundsToDecimalByItsDigits() {
    assertThat(Invocation.cast(SqlType.DOUBLE, SqlType.decimal(5, 2), 1.005)).isEqualTo(101L);
    assertThat(Invocation.cast(SqlType.decimal(5, 2), SqlType.DOUBLE, 110L)).isEqualTo(1.1);
  }
}
