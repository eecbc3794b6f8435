package io.redward.server;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Currency;
import java.util.Locale;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Real facts in COPY's formats, tabulated from what every JDK carries: the IANA time zones with
/// all their offset changes (gzipped CSV) and the ISO countries with currency and codes (JSON
/// lines).
final class WorldFacts {
  static final String SCHEMA =
      """
      create table countries (
        code char(2) not null, code3 char(3) not null, name varchar(100) not null,
        currency char(3), currency_name varchar(100), minor_digits smallint)
        diststyle all sortkey (code);
      create table zone_changes (
        zone varchar(64) not null, changed_at timestamp not null, offset_before integer not null,
        offset_after integer not null, is_gap boolean not null)
        distkey (zone) sortkey (zone, changed_at);
      """;

  private final Path directory;

  WorldFacts(Path directory) {
    this.directory = directory;
  }

  Path countries() {
    return directory.resolve("countries.json");
  }

  Path zoneChanges() {
    return directory.resolve("zone_changes.csv.gz");
  }

  void generate() throws IOException {
    Files.createDirectories(directory);
    writeCountries();
    writeZoneChanges();
  }

  private void writeCountries() throws IOException {
    JsonFactory factory = JsonFactory.builder().build();
    try (BufferedWriter out = Files.newBufferedWriter(countries(), StandardCharsets.UTF_8);
        JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
      for (String code :
          new TreeSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2))) {
        Locale country = Locale.of("", code);
        Currency currency = Currency.getInstance(country);
        json.writeStartObject();
        json.writeStringProperty("code", code);
        json.writeStringProperty("code3", country.getISO3Country());
        json.writeStringProperty("name", country.getDisplayCountry(Locale.ENGLISH));
        if (currency != null) {
          json.writeStringProperty("currency", currency.getCurrencyCode());
          json.writeStringProperty("currency_name", currency.getDisplayName(Locale.ENGLISH));
          json.writeNumberProperty("minor_digits", currency.getDefaultFractionDigits());
        }
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
  }

  private void writeZoneChanges() throws IOException {
    Instant end = Instant.parse("2040-01-01T00:00:00Z");
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(zoneChanges())),
                StandardCharsets.UTF_8))) {
      out.write("zone,changed_at,offset_before,offset_after,is_gap\n");
      for (String zone : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
        ZoneRules rules = ZoneId.of(zone).getRules();
        ZoneOffsetTransition change = rules.nextTransition(Instant.parse("1900-01-01T00:00:00Z"));
        while (change != null && change.getInstant().isBefore(end)) {
          out.write(
              "\"%s\",%s,%d,%d,%s%n"
                  .formatted(
                      zone,
                      change.getInstant().toString().replace('T', ' ').replace("Z", ""),
                      change.getOffsetBefore().getTotalSeconds(),
                      change.getOffsetAfter().getTotalSeconds(),
                      change.isGap()));
          change = rules.nextTransition(change.getInstant());
        }
      }
    }
  }
}
