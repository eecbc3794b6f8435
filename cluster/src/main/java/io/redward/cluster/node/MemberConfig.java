package io.redward.cluster.node;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import io.redward.cluster.wire.PlanCodec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The configuration of a member: found by a list of addresses, heard from every second, given up
/// after five; nothing is read from the network but frames and the description of jobs.
final class MemberConfig {
  /// An attribute of members. Jet tells every member of a job all about all members, so there is
  /// one, and it is short.
  private static final String NODE = "n";

  /// Short queries that a node has at work.
  private static final int ASKED = 32;

  private static final int VOCABULARY_BYTES = 6;

  private static final int PACKET_BYTES = 512 << 10;

  private MemberConfig() {}

  static Config of(ClusterOptions options) {
    Config config = new Config();
    config.setClusterName(clusterName(options));
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "5");
    config.setProperty("hazelcast.initial.min.cluster.size", "1");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    // Members that did not find each other, or lost each other, look again.
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
    config.setProperty("hazelcast.operation.thread.count", "2");
    config.setProperty("hazelcast.operation.generic.thread.count", "2");
    config.setProperty("hazelcast.io.thread.count", "2");
    config.setProperty("hazelcast.socket.receive.buffer.size", "1024");
    config.setProperty("hazelcast.socket.send.buffer.size", "1024");
    // Who waits for rows sleeps twice as long as before each time, up to this; looking more often
    // costs a processor as much as the query does.
    config.setProperty("hazelcast.jet.idle.cooperative.max.microseconds", "4000");
    config.getMetricsConfig().setEnabled(false);
    config.getMemberAttributeConfig().setAttribute(NODE, node(options));
    network(config.getNetworkConfig(), options);
    config.getExecutorConfig(AskedQuery.EXECUTOR).setPoolSize(ASKED).setStatisticsEnabled(false);
    config
        .getJetConfig()
        .setEnabled(true)
        .setResourceUploadEnabled(false)
        .setCooperativeThreadCount(1)
        .setFlowControlPeriodMs(100)
        .getDefaultEdgeConfig()
        .setQueueSize(64)
        .setPacketSizeLimit(PACKET_BYTES);
    config
        .getSerializationConfig()
        .addSerializerConfig(
            new SerializerConfig()
                .setTypeClass(Frame.class)
                .setImplementation(new FrameSerializer()))
        .addSerializerConfig(
            new SerializerConfig()
                .setTypeClass(ProcessingGuarantee.class)
                .setImplementation(new GuaranteeSerializer()))
        .addDataSerializableFactory(JobParts.FACTORY, new JobParts())
        .setJavaSerializationFilterConfig(filter());
    return config;
  }

  private static void network(NetworkConfig network, ClusterOptions options) {
    ClusterOptions.Endpoint at = options.address();
    network.setPort(at.port() == 0 ? NetworkConfig.DEFAULT_PORT : at.port());
    network.setPortAutoIncrement(at.port() == 0);
    network.getInterfaces().setEnabled(true).addInterface(at.host());
    network.setPublicAddress(
        options.advertised().map(there -> there.host() + ":" + there.port()).orElse(null));
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setMembers(options.join())
        .setConnectionTimeoutSeconds(2);
  }

  /// Java's own serialisation is left to errors, and nothing of ours is made by it.
  private static JavaSerializationFilterConfig filter() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter.setWhitelist(
        new ClassFilter()
            .addPackages("java.io", "java.lang", "java.util", "java.util.concurrent")
            .addPrefixes("com.hazelcast.", "[B", "[I", "[Ljava.lang."));
    return filter;
  }

  /// The open-source edition asks a joining member for the cluster's name and nothing else, so the
  /// secret is in the name.
  private static String clusterName(ClusterOptions options) {
    return options.secret().isEmpty()
        ? "redward"
        : "redward-"
            + HexFormat.of()
                .formatHex(
                    sign(options.secret().get(), "cluster".getBytes(StandardCharsets.UTF_8)));
  }

  /// A proof that whoever made `bytes` knows the secret.
  static byte[] sign(String secret, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What others must know of a member: whether it computes, whose plans it understands, its name.
  private static String node(ClusterOptions options) {
    return options.role().computes() ? vocabulary() + options.name() : "";
  }

  /// The name of a member if it computes and understands this version's plans.
  static Optional<String> nodeName(Member member) {
    String node = member.getAttribute(NODE);
    String vocabulary = vocabulary();
    return node != null && node.startsWith(vocabulary)
        ? Optional.of(node.substring(vocabulary.length()))
        : Optional.empty();
  }

  /// Two members of different vocabularies do not read each other's plans.
  private static String vocabulary() {
    return Base64.getEncoder().encodeToString(Arrays.copyOf(PlanCodec.digest(), VOCABULARY_BYTES));
  }
}
