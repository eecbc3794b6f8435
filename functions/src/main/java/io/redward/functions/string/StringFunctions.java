package io.redward.functions.string;

import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.STRING;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ResultRule;
import java.util.ArrayList;
import java.util.List;

/// The string functions as a table.
public final class StringFunctions {
  private StringFunctions() {}

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.addAll(measures());
    all.addAll(parts());
    all.addAll(searches());
    all.addAll(letters());
    return all;
  }

  private static List<FunctionDefinition> measures() {
    Family f = new Family("string", Strings.class);
    f.function("len", "length", "char_length", "character_length", "textlen")
        .takes(STRING)
        .gives(SqlType.INTEGER)
        .by("length")
        .says("The number of characters; blanks at the end of a CHAR do not count.")
        .example("len('naïve')", "5")
        .example("length('cat  ')", "5");
    f.function("octet_length")
        .takes(STRING)
        .gives(SqlType.INTEGER)
        .by("octetLength")
        .says("The number of bytes of the UTF-8 form.")
        .example("octet_length('naïve')", "6");
    f.function("ascii")
        .takes(STRING)
        .gives(SqlType.INTEGER)
        .by("ascii")
        .says("The code point of the first character, 0 for an empty string.")
        .example("ascii('Euro')", "69")
        .example("ascii('€')", "8364");
    f.function("chr")
        .takes(INTEGER)
        .gives(ResultRule.always(SqlType.varchar(4)))
        .nullable()
        .by("chr")
        .says("The character with a code point; NULL if there is none.")
        .example("chr(65)", "A");
    return f.definitions();
  }

  private static List<FunctionDefinition> parts() {
    Family f = new Family("string", Strings.class);
    ResultRule part = ResultRule.partOf(0);
    f.function("left")
        .takes(STRING, INTEGER)
        .gives(part)
        .by("left")
        .says("The first characters; all but the last ones for a negative number.")
        .example("left('Chicago', 4)", "Chic");
    f.function("right")
        .takes(STRING, INTEGER)
        .gives(part)
        .by("right")
        .says("The last characters; all but the first ones for a negative number.")
        .example("right('Chicago', 3)", "ago");
    f.function("substring", "substr")
        .takes(STRING, INTEGER)
        .gives(part)
        .by("substring")
        .says("The characters from a position on, counted from 1.")
        .example("substring('warehouse', 5)", "house");
    f.function("substring", "substr")
        .takes(STRING, INTEGER, INTEGER)
        .gives(part)
        .by("substring")
        .says("Some characters from a position on; positions before the string count too.")
        .example("substring('warehouse', 1, 4)", "ware")
        .example("substring('warehouse', -1, 4)", "wa");
    f.function("btrim", "trim")
        .takes(STRING)
        .gives(part)
        .by("trim")
        .says("Without blanks at both ends.")
        .example("'<' || btrim('  x ') || '>'", "<x>");
    f.function("btrim", "trim")
        .takes(STRING, STRING)
        .gives(part)
        .by("trim")
        .says("Without any of the given characters at both ends.")
        .example("btrim('xyxtrimyyx', 'xy')", "trim");
    f.function("ltrim")
        .takes(STRING)
        .gives(part)
        .by("trimLeft")
        .says("Without blanks at the beginning.")
        .example("ltrim('   end')", "end");
    f.function("ltrim")
        .takes(STRING, STRING)
        .gives(part)
        .by("trimLeft")
        .says("Without any of the given characters at the beginning.")
        .example("ltrim('2008-09-01', '2-80')", "9-01");
    f.function("rtrim")
        .takes(STRING)
        .gives(part)
        .by("trimRight")
        .says("Without blanks at the end.")
        .example("rtrim('end   ') || '.'", "end.");
    f.function("rtrim")
        .takes(STRING, STRING)
        .gives(part)
        .by("trimRight")
        .says("Without any of the given characters at the end.")
        .example("rtrim('Minneapolis', 'sil')", "Minneapo");
    f.function("lpad")
        .takes(STRING, INTEGER)
        .gives(ResultRule.longText())
        .by("padLeft")
        .says("Cut, or filled with blanks at the left, to a number of characters.")
        .example("lpad('cat', 7)", "    cat");
    f.function("lpad")
        .takes(STRING, INTEGER, STRING)
        .gives(ResultRule.longText())
        .by("padLeft")
        .says("Cut, or filled at the left, to a number of characters.")
        .example("lpad('7', 3, '0')", "007")
        .example("lpad('catalog', 3, '*')", "cat");
    f.function("rpad")
        .takes(STRING, INTEGER)
        .gives(ResultRule.longText())
        .by("padRight")
        .says("Cut, or filled with blanks at the right, to a number of characters.")
        .example("rpad('cat', 5) || '|'", "cat  |");
    f.function("rpad")
        .takes(STRING, INTEGER, STRING)
        .gives(ResultRule.longText())
        .by("padRight")
        .says("Cut, or filled at the right, to a number of characters.")
        .example("rpad('cat', 8, 'ab')", "catababa");
    f.function("repeat", "replicate")
        .takes(STRING, INTEGER)
        .gives(ResultRule.longText())
        .by("repeat")
        .says("The string a number of times over.")
        .example("repeat('ab', 3)", "ababab");
    f.function("concat", "||", "textcat")
        .takes(STRING, STRING)
        .gives(ResultRule.concatenation())
        .by("concat")
        .says("Two strings one after the other; NULL if either is.")
        .example("concat('data ', 'base')", "data base")
        .example("'ab' || 'cd'", "abcd");
    f.function("reverse")
        .takes(STRING)
        .gives(part)
        .by("reverse")
        .says("The characters in the opposite order.")
        .example("reverse('größe')", "eßörg");
    return f.definitions();
  }

  private static List<FunctionDefinition> searches() {
    Family f = new Family("string", Search.class);
    f.function("strpos")
        .takes(STRING, STRING)
        .gives(SqlType.INTEGER)
        .by("position")
        .says("The position of the second string in the first, 0 if it does not occur.")
        .example("strpos('dogfish', 'fish')", "4");
    f.function("position", "charindex")
        .takes(STRING, STRING)
        .gives(SqlType.INTEGER)
        .by("positionOf")
        .says("The position of the first string in the second; also POSITION(a IN b).")
        .example("charindex('fish', 'dogfish')", "4")
        .example("position('cat' in 'dogfish')", "0");
    f.function("octetindex")
        .takes(STRING, STRING)
        .gives(SqlType.INTEGER)
        .by("octetPositionOf")
        .says("The position of the first string in the second, in bytes.")
        .example("octetindex('s', 'größes')", "8");
    f.function("split_part")
        .takes(STRING, STRING, INTEGER)
        .gives(ResultRule.partOf(0))
        .by("splitPart")
        .says("One field of a string that is cut at a delimiter; fields count from 1.")
        .example("split_part('2008-01-14', '-', 2)", "01");
    f.function("replace")
        .takes(STRING, STRING, STRING)
        .gives(ResultRule.longText())
        .by("replace")
        .says("Each occurrence of a string replaced by another.")
        .example("replace('Shows and shows', 'shows', 'plays')", "Shows and plays");
    f.function("translate")
        .takes(STRING, STRING, STRING)
        .gives(ResultRule.longText())
        .by("translate")
        .says("Characters of one list replaced by those of another, or dropped.")
        .example("translate('mint tea', 'inea', 'osin')", "most tin");
    return f.definitions();
  }

  private static List<FunctionDefinition> letters() {
    Family f = new Family("string", Letters.class);
    f.function("lower")
        .takes(STRING)
        .gives(ResultRule.partOf(0))
        .by("lower")
        .says("In lower case.")
        .example("lower('ÄPFEL')", "äpfel");
    f.function("upper")
        .takes(STRING)
        .gives(ResultRule.partOf(0))
        .by("upper")
        .says("In upper case.")
        .example("upper('über')", "ÜBER");
    f.function("initcap")
        .takes(STRING)
        .gives(ResultRule.partOf(0))
        .by("initcap")
        .says("The first letter of each word in upper case, the others in lower.")
        .example("initcap('nibh.enim@EGET.org')", "Nibh.Enim@Eget.Org");
    f.function("to_ascii")
        .takes(STRING)
        .gives(ResultRule.partOf(0))
        .by("toAscii")
        .says("Letters without their accents; a question mark for each that is still not ASCII.")
        .example("to_ascii('Ångström é')", "Angstrom e");
    f.function("quote_ident")
        .takes(STRING)
        .gives(ResultRule.longText())
        .by("quoteIdent")
        .says("As an identifier, quoted where it must be.")
        .example("quote_ident('my table')", "\"my table\"")
        .example("quote_ident('plain')", "plain");
    f.function("quote_literal")
        .takes(STRING)
        .gives(ResultRule.longText())
        .by("quoteLiteral")
        .says("As a string literal.")
        .example("quote_literal('it''s')", "'it''s'");
    f.function("soundex")
        .takes(STRING)
        .gives(ResultRule.always(SqlType.varchar(4)))
        .by("soundex")
        .says("The American Soundex code of a word.")
        .example("soundex('Robert')", "R163");
    f.function("difference")
        .takes(STRING, STRING)
        .gives(SqlType.INTEGER)
        .by("difference")
        .says("How many characters of two Soundex codes agree, 0 to 4.")
        .example("difference('Robert', 'Rupert')", "4");
    f.function("bpcharcmp", "bttext_pattern_cmp")
        .takes(STRING, STRING)
        .gives(SqlType.INTEGER)
        .by("compare")
        .says("-1, 0 or 1 as the first string is less than, equal to or greater than the second.")
        .example("bpcharcmp('mint', 'tea')", "-1");
    return f.definitions();
  }
}
