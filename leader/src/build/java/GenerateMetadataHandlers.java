import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.janino.RelMetadataHandlerGeneratorUtil;
import org.apache.calcite.rel.metadata.janino.RelMetadataHandlerGeneratorUtil.HandlerNameAndGeneratedCode;

/// Run by the build of the leader. Writes, as Java source, the classes by which the relational
/// algebra library finds the code that answers a question about an operator. Left to itself the
/// library would write and compile them when the first statement is planned, which takes a third of
/// a second and a Java compiler in the server.
///
/// Beside them it writes `MetadataHandlers`, which creates each with its parts.
final class GenerateMetadataHandlers {
  private static final String PACKAGE = "org.apache.calcite.rel.metadata.janino";

  private static final String SUPPRESSION =
      "@SuppressWarnings({\"unchecked\", \"rawtypes\", \"deprecation\", \"cast\"})\n";

  private static final List<Class<? extends MetadataHandler<?>>> HANDLERS =
      List.of(
          BuiltInMetadata.AllPredicates.Handler.class,
          BuiltInMetadata.Collation.Handler.class,
          BuiltInMetadata.ColumnOrigin.Handler.class,
          BuiltInMetadata.ColumnUniqueness.Handler.class,
          BuiltInMetadata.DistinctRowCount.Handler.class,
          BuiltInMetadata.Distribution.Handler.class,
          BuiltInMetadata.ExplainVisibility.Handler.class,
          BuiltInMetadata.ExpressionLineage.Handler.class,
          BuiltInMetadata.FunctionalDependency.Handler.class,
          BuiltInMetadata.InputFieldsUsed.Handler.class,
          BuiltInMetadata.LowerBoundCost.Handler.class,
          BuiltInMetadata.MaxRowCount.Handler.class,
          BuiltInMetadata.Memory.Handler.class,
          BuiltInMetadata.MinRowCount.Handler.class,
          BuiltInMetadata.NodeTypes.Handler.class,
          BuiltInMetadata.Parallelism.Handler.class,
          BuiltInMetadata.PopulationSize.Handler.class,
          BuiltInMetadata.Predicates.Handler.class,
          BuiltInMetadata.RowCount.Handler.class,
          BuiltInMetadata.Selectivity.Handler.class,
          BuiltInMetadata.Size.Handler.class,
          BuiltInMetadata.TableReferences.Handler.class,
          BuiltInMetadata.UniqueKeys.Handler.class);

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).resolve(PACKAGE.replace('.', '/'));
    Files.createDirectories(folder);
    StringBuilder table = new StringBuilder();
    for (Class<? extends MetadataHandler<?>> handler : HANDLERS) {
      List<MetadataHandler<?>> parts =
          DefaultRelMetadataProvider.INSTANCE.handlers(handler).stream().distinct().toList();
      HandlerNameAndGeneratedCode code =
          RelMetadataHandlerGeneratorUtil.generateHandler(handler, parts);
      String name = code.getHandlerName().substring(PACKAGE.length() + 1);
      Files.writeString(
          folder.resolve(name + ".java"),
          code.getGeneratedCode()
              .replace("public final class", SUPPRESSION + "public final class"));
      table.append(entry(handler, name, parts));
    }
    Files.writeString(folder.resolve("MetadataHandlers.java"), tableSource(table));
  }

  private static String entry(Class<?> handler, String generated, List<MetadataHandler<?>> parts) {
    StringBuilder entry = new StringBuilder();
    entry.append("    handlers.put(").append(handler.getCanonicalName()).append(".class, new ");
    entry.append(generated).append("(");
    for (int i = 0; i < parts.size(); i++) {
      entry.append(i == 0 ? "" : ", ").append("(");
      entry.append(parts.get(i).getClass().getCanonicalName()).append(") parts(");
      entry.append(handler.getCanonicalName()).append(".class).get(").append(i).append(")");
    }
    return entry.append("));\n").toString();
  }

  private static String tableSource(StringBuilder entries) {
    return """
    package %s;

    import java.util.HashMap;
    import java.util.List;
    import java.util.Map;
    import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
    import org.apache.calcite.rel.metadata.MetadataHandler;

    %spublic final class MetadataHandlers {
      private MetadataHandlers() {}

      public static Map<Class<?>, MetadataHandler<?>> create() {
        Map<Class<?>, MetadataHandler<?>> handlers = new HashMap<>();
    %s    return handlers;
      }

      private static List<MetadataHandler<?>> parts(Class handler) {
        return DefaultRelMetadataProvider.INSTANCE.handlers(handler).stream().distinct().toList();
      }
    }
    """
        .formatted(PACKAGE, SUPPRESSION, entries);
  }
}
