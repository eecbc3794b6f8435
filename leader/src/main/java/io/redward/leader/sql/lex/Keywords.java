package io.redward.leader.sql.lex;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Which words may be names, after PostgreSQL's four classes. Words that are listed nowhere, among
/// them all that only Redshift's own clauses use (DISTKEY, ENCODE, IAM_ROLE …), may name anything.
public final class Keywords {
  /// What a word may name without quotes.
  public enum Category {
    /// Anything.
    UNRESERVED,
    /// A column or table, not a function or type.
    COLUMN_NAME,
    /// A function or type, not a column or table.
    TYPE_OR_FUNCTION_NAME,
    /// Nothing but an alias behind AS, or a part of a name behind a dot.
    RESERVED
  }

  private static final String COLUMN_NAME_WORDS =
      """
      array between bigint bit boolean char character coalesce convert dec decimal exists extract
      float
      grouping inout int integer interval national nchar none nullif numeric out overlay
      position precision real row setof smallint substring time timestamp treat trim try_cast
      values varchar\
      """;

  private static final String TYPE_OR_FUNCTION_NAME_WORDS =
      """
      authorization binary cross freeze full ilike inner is isnull join left like natural notnull
      outer overlaps right similar verbose\
      """;

  private static final String RESERVED_WORDS =
      """
      all analyse analyze and any as asc both case cast check collate column constraint create
      current_catalog current_date current_role current_time current_timestamp current_user
      default deferrable desc distinct do else end except false for foreign from grant group having
      in initially intersect into lateral leading limit localtime localtimestamp minus not null
      offset on only or order placing primary references select session_user some table then to
      trailing true union unique user using when where with\
      """;

  /// Words that go on with an expression or a clause, so that they are no alias without AS.
  private static final String NOT_BARE_LABEL_WORDS =
      """
      char character fetch filter over precision returning varying window within without qualify\
      """;

  private static final String NOT_BARE_TABLE_ALIAS_WORDS =
      """
      fetch qualify window returning pivot unpivot connect tablesample set\
      """;

  private static final Map<String, Category> CATEGORIES = new HashMap<>();
  private static final Set<String> NOT_BARE_LABELS = words(NOT_BARE_LABEL_WORDS);
  private static final Set<String> NOT_BARE_TABLE_ALIASES = words(NOT_BARE_TABLE_ALIAS_WORDS);

  static {
    words(COLUMN_NAME_WORDS).forEach(word -> CATEGORIES.put(word, Category.COLUMN_NAME));
    words(TYPE_OR_FUNCTION_NAME_WORDS)
        .forEach(word -> CATEGORIES.put(word, Category.TYPE_OR_FUNCTION_NAME));
    words(RESERVED_WORDS).forEach(word -> CATEGORIES.put(word, Category.RESERVED));
  }

  private Keywords() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /// The class of a word in lower case.
  public static Category categoryOf(String word) {
    Category category = CATEGORIES.get(word);
    return category == null ? Category.UNRESERVED : category;
  }

  /// May it name a column or table without quotes?
  public static boolean canNameColumn(String word) {
    Category category = categoryOf(word);
    return category == Category.UNRESERVED || category == Category.COLUMN_NAME;
  }

  /// May it name a function or type without quotes, by the general rule?
  public static boolean canNameFunction(String word) {
    Category category = categoryOf(word);
    return category == Category.UNRESERVED || category == Category.TYPE_OR_FUNCTION_NAME;
  }

  /// May it be an output column's name without AS?
  public static boolean canBeBareLabel(String word) {
    return canNameColumn(word) && !NOT_BARE_LABELS.contains(word);
  }

  /// May it be a table's alias without AS?
  public static boolean canBeBareTableAlias(String word) {
    return canNameColumn(word) && !NOT_BARE_TABLE_ALIASES.contains(word);
  }
}
