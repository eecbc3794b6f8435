package io.redward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SplittableRandom;

/// A wide table of page views, the same for the same number of rows: few counters, users, pages and
/// phrases have most of the rows, as on the web; most rows have no search phrase, phone or order.
final class HitsFiles {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final LocalDateTime FIRST = LocalDate.of(2024, 7, 1).atStartOfDay();
  private static final int SECONDS = 92 * 24 * 60 * 60;
  private static final int PARTS = 4;

  private static final String[] HOSTS = {
    "news.example", "shop.example", "market.example", "video.example", "mail.example",
    "travel.example", "forum.example", "maps.example", "bank.example", "games.example"
  };
  private static final String[] WORDS = {
    "market",
    "cars",
    "weather",
    "recipes",
    "tickets",
    "phones",
    "football",
    "hotels",
    "music",
    "jobs",
    "houses",
    "laptops",
    "flights",
    "books",
    "shoes",
    "cinema",
    "garden",
    "health",
    "school",
    "winter",
    "cheap",
    "new",
    "best",
    "buy",
    "free",
    "online",
    "city",
    "review",
    "near",
    "price"
  };
  private static final String[] PHONES = {"Nova", "Pixie", "Orbit", "Lumen", "Delta"};
  private static final String[] LANGUAGES = {"en", "de", "fr", "es", "pt-BR", "ja", "pl"};
  private static final String[] CURRENCIES = {"EUR", "USD", "GBP", "JPY"};
  private static final int[] WIDTHS = {1920, 1366, 1536, 1440, 360, 390, 2560, 0};

  private final Path directory;
  private final long rows;

  HitsFiles(Path directory, long rows) {
    this.directory = directory;
    this.rows = rows;
  }

  static List<String> tables() {
    return List.of("hits");
  }

  /// Makes what is missing; returns at once if nothing is.
  void generate() throws IOException {
    Path marker = directory.resolve("complete");
    if (Files.exists(marker)) {
      return;
    }
    for (int part = 0; part < PARTS; part++) {
      try (TableFile out = new TableFile(directory, "hits", "part-" + part + ".tbl")) {
        for (long row = rows * part / PARTS; row < rows * (part + 1) / PARTS; row++) {
          write(out, row);
        }
      }
    }
    Files.writeString(marker, "");
  }

  private void write(TableFile out, long row) throws IOException {
    SplittableRandom random = new SplittableRandom(row * 7_919 + 1);
    LocalDateTime time = FIRST.plusSeconds((long) (SECONDS * ((row + random.nextDouble()) / rows)));
    long user = 1_000_000_000L + skewed(random, rows / 8 + 10);
    long page = skewed(random, rows / 12 + 10);
    long from = skewed(random, rows / 20 + 10);
    boolean mobile = random.nextInt(100) < 35;
    boolean searched = random.nextInt(100) < 13;
    boolean ordered = random.nextInt(100) < 2;
    int width = WIDTHS[(int) skewed(random, WIDTHS.length)];
    String url = url(page);
    String referer = random.nextInt(100) < 20 ? "" : url(from + 77);
    out.add(mixed(row)).add(TIME.format(time)).add(time.toLocalDate().toString());
    out.add(60 + skewed(random, 3_000)).add(mixed(user) & 0x7FFF_FFFFL);
    out.add(1 + skewed(random, 500)).add(user).add(url).add(referer);
    out.add(random.nextInt(100) < 15 ? "" : title(page)).add(random.nextInt(100) < 12 ? 1 : 0);
    out.add(referer.isEmpty() ? 0 : 1 + skewed(random, 500)).add(width).add(width * 9L / 16);
    out.add(Math.max(0, width - random.nextInt(40))).add(width * 8L / 16);
    out.add(skewed(random, 20)).add(skewed(random, 60)).add(mobile ? 1 : 0);
    phone(out, random, mobile);
    out.add(random.nextInt(100) < 60 ? -1 : random.nextInt(10));
    out.add(searched ? 1 + skewed(random, 12) : 0).add(searched ? phrase(random) : "");
    out.add(random.nextInt(100) < 3 ? 1 + skewed(random, 30) : 0);
    out.add(random.nextInt(20) == 0 ? 1 : 0).add(random.nextInt(200) == 0 ? 1 : 0);
    out.add(random.nextInt(3) == 0 ? 1 : 0).add(random.nextInt(50) == 0 ? 1 : 0);
    out.add(mixed(page)).add(referer.isEmpty() ? 0 : mixed(from));
    out.add(random.nextInt(-8, 13)).add(skewed(random, 70)).add(random.nextInt(3));
    out.add(random.nextInt(5)).add(random.nextInt(2_000));
    out.add(random.nextInt(5_000)).add(random.nextInt(300)).add(random.nextInt(800));
    out.add(random.nextInt(3_000)).add(LANGUAGES[(int) skewed(random, LANGUAGES.length)]);
    out.add(CURRENCIES[(int) skewed(random, CURRENCIES.length)]);
    out.add(ordered ? 100 + skewed(random, 100_000) : 0).add(ordered ? "order-" + row : "");
    out.add(random.nextInt(100) < 10 ? "campaign " + skewed(random, 200) : "").end();
  }

  private static void phone(TableFile out, SplittableRandom random, boolean mobile)
      throws IOException {
    String maker = mobile ? PHONES[(int) skewed(random, PHONES.length)] : "";
    out.add(maker).add(mobile ? maker + " " + (1 + skewed(random, 25)) : "");
  }

  /// A number from 0 to below `bound`; small ones come much more often.
  private static long skewed(SplittableRandom random, long bound) {
    double share = random.nextDouble();
    return (long) (bound * share * share * share * share);
  }

  private static long mixed(long value) {
    long mixed = (value ^ value >>> 31) * 0x9E37_79B9_7F4A_7C15L;
    return mixed ^ mixed >>> 29;
  }

  private static String url(long page) {
    String host = HOSTS[(int) Math.floorMod(mixed(page), (long) HOSTS.length)];
    String scheme = page % 3 == 0 ? "http://" : "https://";
    String www = page % 5 == 0 ? "www." : "";
    return scheme + www + host + '/' + word(page) + '/' + word(page / 7) + "?id=" + page;
  }

  private static String title(long page) {
    String first = word(page);
    return Character.toUpperCase(first.charAt(0))
        + first.substring(1)
        + " and "
        + word(page / 3)
        + " - page "
        + page % 1_000;
  }

  private static String word(long number) {
    return WORDS[(int) Math.floorMod(mixed(number + 13) >>> 17, (long) WORDS.length)];
  }

  private static String phrase(SplittableRandom random) {
    StringBuilder phrase = new StringBuilder(WORDS[(int) skewed(random, WORDS.length)]);
    for (int i = random.nextInt(4); i > 0; i--) {
      phrase.append(' ').append(WORDS[(int) skewed(random, WORDS.length)]);
    }
    return phrase.toString();
  }
}
