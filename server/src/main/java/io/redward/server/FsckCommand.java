package io.redward.server;

import io.redward.storage.check.Finding;
import io.redward.storage.encryption.EncryptedObjectStore;
import io.redward.storage.fsck.CheckReport;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.ObjectStore;
import java.io.StringWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// `fsck`: checks everything that a warehouse has stored, with or without its server running, and
/// changes nothing. Exit code 1 if anything is damaged.
@Command(
    name = "fsck",
    description =
        "Check every stored object, checksum, reference and row count; exit code 1 if any is wrong."
            + " Reads only; the server may be running.",
    mixinStandardHelpOptions = true)
final class FsckCommand implements Callable<Integer> {
  private static final JsonFactory JSON = new JsonFactory();

  @Mixin private DataDirectory data = new DataDirectory();

  @Mixin private StoreChoice store = new StoreChoice();

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  @Option(names = "--quiet", description = "Print only what is wrong.")
  private boolean quiet;

  @Override
  public Integer call() {
    CheckReport report;
    try (ObjectStore objects = store.address(data.path()).openToRead()) {
      EncryptedObjectStore.requireReadable(objects);
      report = NamespaceCheck.run(objects);
    }
    if (!quiet || !report.isSound()) {
      System.out.println(json ? asJson(report) : asText(report));
    }
    return report.isSound() ? 0 : 1;
  }

  private static String asText(CheckReport report) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : report.findings()) {
      text.append(finding.kind().isDamage() ? "DAMAGE  " : "note    ")
          .append(finding)
          .append(System.lineSeparator());
    }
    text.append(
        String.format(
            Locale.ROOT,
            "version %d: %d commits, %d checkpoints, %d snapshots, %d tables, %d rowsets, %d"
                + " blocks, %d rows, %d bytes%n",
            report.version(),
            report.commits(),
            report.checkpoints(),
            report.snapshots(),
            report.tables(),
            report.rowsets(),
            report.blocks(),
            report.liveRows(),
            report.bytes()));
    int damage = report.damage().size();
    return text.append(damage == 0 ? "Sound." : damage + " thing(s) damaged, see above.")
        .toString();
  }

  private static String asJson(CheckReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      out.writeBooleanProperty("sound", report.isSound());
      out.writeNumberProperty("version", report.version());
      out.writeNumberProperty("commits", report.commits());
      out.writeNumberProperty("checkpoints", report.checkpoints());
      out.writeNumberProperty("snapshots", report.snapshots());
      out.writeNumberProperty("tables", report.tables());
      out.writeNumberProperty("rowsets", report.rowsets());
      out.writeNumberProperty("blocks", report.blocks());
      out.writeNumberProperty("rows", report.liveRows());
      out.writeNumberProperty("bytes", report.bytes());
      out.writeArrayPropertyStart("findings");
      for (Finding finding : report.findings()) {
        out.writeStartObject();
        out.writeStringProperty("kind", finding.kind().words());
        out.writeBooleanProperty("damage", finding.kind().isDamage());
        out.writeStringProperty("object", finding.object());
        out.writeStringProperty("reason", finding.reason());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text.toString();
  }
}
