package io.redward.leader.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CatalogWriterTest {
  private final EntriesOnly transaction = new EntriesOnly();
  private final CatalogWriter writer =
      new CatalogWriter(transaction, new CatalogReader(), new OidSequence());
  private Schema publicSchema = new Schema(0, 0, "", 0, AccessList.NONE);

  @BeforeEach
  void bootstrap() {
    writer.bootstrap();
    Database dev = writer.catalog().database("dev").orElseThrow();
    publicSchema = writer.catalog().schema(dev.oid(), "public").orElseThrow();
  }

  private TableDefinition table(String name) {
    return TableDefinition.of(
        publicSchema.oid(),
        name,
        Catalog.ADMIN_USER,
        List.of(ColumnDefinition.of(1, "id", SqlType.INTEGER, false)));
  }

  private ViewDefinition view(String name, int... reads) {
    return new ViewDefinition(
        0,
        publicSchema.oid(),
        name,
        Catalog.ADMIN_USER,
        "select 1",
        List.of(new ViewDefinition.Column("one", SqlType.INTEGER)),
        false,
        List.of("public"),
        Set.copyOf(Arrays.stream(reads).boxed().toList()),
        AccessList.NONE);
  }

  @Test
  void newWarehouseHasDevWithItsSchemasAndUsers() {
    Catalog catalog = writer.catalog();
    assertThat(catalog.users()).extracting(User::name).containsExactly("rdsdb", "admin");
    assertThat(catalog.schemas(catalog.database("dev").orElseThrow().oid()))
        .extracting(Schema::name)
        .containsExactly("pg_catalog", "information_schema", "public");
    int entries = transaction.entries.size();
    writer.bootstrap();
    assertThat(transaction.entries).hasSize(entries);
  }

  @Test
  void everythingAboutATableSurvivesTheRoundTrip() {
    ColumnDefinition identity =
        new ColumnDefinition(
            3,
            "No",
            SqlType.decimal(30, 2),
            true,
            Optional.of("'a\"b'::varchar"),
            Optional.of(new ColumnDefinition.Identity(-5, 2, true)),
            "az64",
            Optional.of(new Constant.Int128Value(Int128.of(7))));
    TableDefinition table =
        new TableDefinition(
            0,
            publicSchema.oid(),
            "Ünï",
            Catalog.ADMIN_USER,
            List.of(ColumnDefinition.of(1, "id", SqlType.varchar(20), false), identity),
            new TableLayout(
                TableLayout.DistributionStyle.KEY,
                false,
                OptionalInt.of(1),
                TableLayout.SortKind.INTERLEAVED,
                List.of(3, 1)),
            List.of(
                new TableConstraint.PrimaryKey("pk", List.of(1), true),
                new TableConstraint.Unique("u", List.of(3), false),
                new TableConstraint.ForeignKey("fk", List.of(1), 7, List.of(2), true),
                new TableConstraint.Check("c", List.of(1), "a > 0", true)),
            new TableDefinition.Lifetime(0, false),
            AccessList.NONE.grant(
                new AccessList.Grant(7, 1, Set.of(Privilege.SELECT), Set.of(Privilege.SELECT))),
            9,
            Optional.of(
                new Materialization(
                    "SELECT 1",
                    List.of(8),
                    Map.of(8, 5L),
                    3,
                    true,
                    Materialization.Upkeep.whole("it is a test"),
                    List.of("public"))));
    TableDefinition created = writer.createTable(table);
    assertThat(created.oid()).isGreaterThan(100_000);
    assertThat(new CatalogReader().load(transaction).table(created.oid())).contains(created);
  }

  @Test
  void viewsUsersAndGroupsSurviveTheRoundTrip() {
    ViewDefinition view = writer.createView(view("v"));
    User user =
        writer.createUser(
            new User(
                0,
                "bob",
                false,
                true,
                Optional.of(new User.Verifier("MD5", "md5abc")),
                Map.of("timezone", "UTC")));
    Group group = writer.createGroup("g", Catalog.ADMIN_USER, true, List.of(user.oid()));
    Catalog read = new CatalogReader().load(transaction);
    assertThat(read.view(view.oid())).contains(view);
    assertThat(read.user("bob")).contains(user);
    assertThat(read.group("g")).contains(group);
  }

  @Test
  void aNameIsTakenOnceByTablesAndViewsTogether() {
    writer.createTable(table("x"));
    assertThatThrownBy(() -> writer.createView(view("x")))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.DUPLICATE_TABLE);
              assertThat(e).hasMessage("relation \"x\" already exists");
            });
  }

  @Test
  void aRenamedTableFreesItsName() {
    TableDefinition table = writer.createTable(table("x"));
    writer.replace(table.withName("y"));
    writer.createTable(table("x"));
    assertThat(writer.catalog().relation(publicSchema.oid(), "y")).isPresent();
    assertThat(writer.catalog().relations(publicSchema.oid())).hasSize(2);
  }

  @Test
  void whatIsDependedOnIsDroppedByCascadeOnly() {
    TableDefinition table = writer.createTable(table("t"));
    ViewDefinition view = writer.createView(view("v", table.oid()));
    writer.createView(view("w", view.oid()));
    assertThatThrownBy(() -> writer.drop(table, false))
        .hasMessage("cannot drop table t because other objects depend on it");
    assertThatThrownBy(() -> writer.drop(view, false))
        .hasMessage("can't drop view v because other objects depend on it");
    assertThat(writer.drop(table, true))
        .extracting(CatalogObject::name)
        .containsExactly("t", "v", "w");
    assertThat(writer.catalog().relations(publicSchema.oid())).isEmpty();
    assertThat(transaction.truncated).containsExactly((long) table.oid());
  }

  @Test
  void temporaryTablesAreTheirSessionsOwn() {
    TableDefinition.Lifetime mine = new TableDefinition.Lifetime(42, false);
    writer.createTable(table("t"));
    TableDefinition temporary = writer.createTable(table("t").withLifetime(mine));
    assertThat(writer.catalog().temporaryTable(42, "t")).contains(temporary);
    assertThat(writer.catalog().temporaryTable(43, "t")).isEmpty();
    assertThat(writer.catalog().relations(publicSchema.oid())).doesNotContain(temporary);
  }

  @Test
  void privilegesComeFromOwnershipGrantsGroupsAndPublic() {
    User bob = writer.createUser(new User(0, "bob", false, false, Optional.empty(), Map.of()));
    TableDefinition table = writer.createTable(table("t"));
    assertThatThrownBy(() -> Privileges.require(writer.catalog(), bob, table, Privilege.SELECT))
        .hasMessage("permission denied for relation t");
    Group group = writer.createGroup("g", Catalog.ADMIN_USER, false, List.of(bob.oid()));
    AccessList granted =
        AccessList.NONE.grant(
            new AccessList.Grant(
                group.oid(), Catalog.ADMIN_USER, Set.of(Privilege.SELECT), Set.of()));
    TableDefinition open = table.withAccess(granted);
    Privileges.require(writer.catalog(), bob, open, Privilege.SELECT);
    assertThat(Privileges.holds(writer.catalog(), bob, open, Privilege.DELETE)).isFalse();
    AccessList.Revocation revocation =
        new AccessList.Revocation(
            group.oid(),
            0,
            AccessList.Reach.OBJECT,
            AccessList.ALL_COLUMNS,
            Set.of(Privilege.SELECT),
            false,
            false);
    assertThat(granted.revoke(revocation)).isEqualTo(AccessList.NONE);
    Privileges.require(writer.catalog(), bob, publicSchema, Privilege.CREATE);
  }
}
