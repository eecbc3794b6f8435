package io.redward.bench;

import io.trino.tpch.Customer;
import io.trino.tpch.LineItem;
import io.trino.tpch.Nation;
import io.trino.tpch.Order;
import io.trino.tpch.Part;
import io.trino.tpch.Region;
import io.trino.tpch.Supplier;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// The tables of the Star Schema Benchmark, made of TPC-H's: orders and their items become one
/// table, prices are whole cents, nations and regions become columns, and the days of seven years
/// are a table. Made once per scale factor and kept.
///
/// Source: O'Neil, O'Neil, Chen, "Star Schema Benchmark" (2009): 6,000,000 rows of lineorder,
/// 30,000 customers and 2,000 suppliers times the scale factor, 200,000 × (1 + log2 of it) parts.
final class SsbFiles {
  private static final int PARTS = 4;
  private static final int CITIES = 10;
  private static final int BRANDS = 40;
  private static final LocalDate FIRST_DAY = LocalDate.of(1992, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(1998, 12, 31);

  private final Path directory;
  private final double scale;
  private final List<String> nations = new ArrayList<>();
  private final List<String> regions = new ArrayList<>();

  SsbFiles(Path directory, double scale) {
    this.directory = directory;
    this.scale = scale;
    List<String> names = new ArrayList<>();
    for (Region region : TpchTable.REGION.createGenerator(1, 1, 1)) {
      names.add(region.name());
    }
    for (Nation nation : TpchTable.NATION.createGenerator(1, 1, 1)) {
      nations.add(nation.name());
      regions.add(names.get((int) nation.regionKey()));
    }
  }

  static List<String> tables() {
    return List.of("dates", "supplier", "customer", "part", "lineorder");
  }

  private long customers() {
    return Math.max(1, (long) (30_000 * scale));
  }

  private long suppliers() {
    return Math.max(1, (long) (2_000 * scale));
  }

  private long parts() {
    double times = scale < 1 ? scale : 1 + Math.floor(Math.log(scale) / Math.log(2));
    return Math.max(1, (long) (200_000 * times));
  }

  /// Makes what is missing; returns at once if nothing is.
  void generate() throws IOException {
    Path marker = directory.resolve("complete");
    if (Files.exists(marker)) {
      return;
    }
    customer();
    supplier();
    part();
    dates();
    for (int part = 1; part <= PARTS; part++) {
      lineorder(part);
    }
    Files.writeString(marker, "");
  }

  private void customer() throws IOException {
    try (TableFile out = new TableFile(directory, "customer", "part-1.tbl")) {
      for (Customer row : TpchTable.CUSTOMER.createGenerator(scale, 1, 1)) {
        if (row.customerKey() > customers()) {
          return;
        }
        out.add(row.customerKey()).add(row.name()).add(row.address());
        place(out, row.customerKey(), (int) row.nationKey());
        out.add(row.phone()).add(row.marketSegment()).end();
      }
    }
  }

  private void supplier() throws IOException {
    try (TableFile out = new TableFile(directory, "supplier", "part-1.tbl")) {
      for (Supplier row : TpchTable.SUPPLIER.createGenerator(scale, 1, 1)) {
        if (row.supplierKey() > suppliers()) {
          return;
        }
        out.add(row.supplierKey()).add(row.name()).add(row.address());
        place(out, row.supplierKey(), (int) row.nationKey());
        out.add(row.phone()).end();
      }
    }
  }

  /// City, nation and region; a city is nine letters of its nation and a digit.
  private void place(TableFile out, long key, int nation) throws IOException {
    String name = nations.get(nation);
    String city = "%-9.9s%d".formatted(name, spread(key, CITIES));
    out.add(city).add(name).add(regions.get(nation));
  }

  private void part() throws IOException {
    try (TableFile out = new TableFile(directory, "part", "part-1.tbl")) {
      double wanted = Math.max(scale, parts() / 200_000.0);
      for (Part row : TpchTable.PART.createGenerator(wanted, 1, 1)) {
        if (row.partKey() > parts()) {
          return;
        }
        String digits = row.brand().substring("Brand#".length());
        String category = "MFGR#" + digits;
        String color = row.name().substring(0, row.name().indexOf(' '));
        out.add(row.partKey()).add(row.name()).add("MFGR#" + digits.charAt(0)).add(category);
        out.add(category + (1 + spread(row.partKey(), BRANDS))).add(color).add(row.type());
        out.add(row.size()).add(row.container()).end();
      }
    }
  }

  /// A number below `bound` that looks as good as random.
  private static int spread(long key, int bound) {
    long mixed = (key ^ key >>> 7) * 0x9E37_79B9_7F4A_7C15L;
    return (int) Math.floorMod(mixed >>> 24, (long) bound);
  }

  private void dates() throws IOException {
    try (TableFile out = new TableFile(directory, "dates", "part-1.tbl")) {
      for (LocalDate day = FIRST_DAY; !day.isAfter(LAST_DAY); day = day.plusDays(1)) {
        date(out, day);
      }
    }
  }

  private static void date(TableFile out, LocalDate day) throws IOException {
    String month = day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    String weekday = day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    int inWeek = day.getDayOfWeek().getValue() % 7 + 1;
    boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
    boolean holiday = day.getDayOfMonth() == 1 && day.getMonthValue() % 4 == 1;
    out.add(key(day)).add(month + " " + day.getDayOfMonth() + ", " + day.getYear());
    out.add(weekday).add(month).add(day.getYear());
    out.add(day.getYear() * 100L + day.getMonthValue());
    out.add(month.substring(0, 3) + day.getYear()).add(inWeek).add(day.getDayOfMonth());
    out.add(day.getDayOfYear()).add(day.getMonthValue()).add((day.getDayOfYear() - 1) / 7 + 1);
    out.add(season(day.getMonthValue())).add(inWeek == 7 ? 1 : 0);
    out.add(day.getDayOfMonth() == day.lengthOfMonth() ? 1 : 0).add(holiday ? 1 : 0);
    out.add(weekend ? 0 : 1).end();
  }

  private static String season(int month) {
    return switch (month) {
      case 12 -> "Christmas";
      case 1, 2, 3 -> "Winter";
      case 4, 5 -> "Spring";
      case 6, 7, 8 -> "Summer";
      default -> "Fall";
    };
  }

  private static long key(LocalDate day) {
    return day.getYear() * 10_000L + day.getMonthValue() * 100L + day.getDayOfMonth();
  }

  private static long key(int epochDay) {
    return key(LocalDate.ofEpochDay(epochDay));
  }

  private void lineorder(int part) throws IOException {
    try (TableFile out = new TableFile(directory, "lineorder", "part-" + part + ".tbl")) {
      Iterator<LineItem> items = TpchTable.LINE_ITEM.createGenerator(scale, part, PARTS).iterator();
      LineItem item = items.hasNext() ? items.next() : null;
      for (Order order : TpchTable.ORDERS.createGenerator(scale, part, PARTS)) {
        while (item != null && item.orderKey() == order.orderKey()) {
          line(out, order, item);
          item = items.hasNext() ? items.next() : null;
        }
      }
    }
  }

  private void line(TableFile out, Order order, LineItem item) throws IOException {
    long partKey = below(item.partKey(), parts());
    long price = item.extendedPriceInCents();
    out.add(order.orderKey()).add(item.lineNumber());
    out.add(below(order.customerKey(), customers())).add(partKey);
    out.add(below(item.supplierKey(), suppliers())).add(key(order.orderDate()));
    out.add(order.orderPriority()).add(order.shipPriority());
    out.add(item.quantity()).add(price).add(order.totalPriceInCents());
    out.add(item.discountPercent()).add(price * (100 - item.discountPercent()) / 100);
    out.add(6 * price / item.quantity() / 10).add(item.taxPercent()).add(key(item.commitDate()));
    out.add(item.shipMode()).end();
  }

  /// A key of TPC-H as one of the fewer keys there are here.
  private static long below(long key, long most) {
    return (key - 1) % most + 1;
  }
}
