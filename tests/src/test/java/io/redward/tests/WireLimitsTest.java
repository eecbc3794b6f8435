package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages that are too long, and attempts to do without TLS or with a bad one.
class WireLimitsTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int TLS_REQUEST = 80_877_103;

  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException {
    warehouse = new TestWarehouse(directory);
  }

  private static Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), warehouse.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static byte[] startup() {
    return "user\0admin\0database\0dev\0\0".getBytes(StandardCharsets.UTF_8);
  }

  private static void begin(DataOutputStream out) throws IOException {
    byte[] parameters = startup();
    out.writeInt(parameters.length + 8);
    out.writeInt(3 << 16);
    out.write(parameters);
    out.flush();
  }

  /// What the server says before it closes the connection.
  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void assertStillServing() throws SQLException {
    try (Connection connection = warehouse.connect()) {
      assertThat(TestWarehouse.rows(connection, "select 1")).containsExactly("1");
    }
  }

  /// The length is looked at before a byte of the body is there: nothing is allocated for it.
  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, (64 << 20) + 5, 3, 0, -1})
  void a_message_of_a_bad_length_ends_the_connection(int length) throws Exception {
    try (Socket socket = open()) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      begin(out);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (in.readUnsignedByte() != 'Z') {
        in.skipNBytes(in.readInt() - 4L);
      }
      in.skipNBytes(in.readInt() - 4L);
      out.write('Q');
      out.writeInt(length);
      out.flush();
      assertThat(rest(socket)).contains("FATAL").contains("08P01").contains("message length");
    }
    assertStillServing();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 10_005, 3, 0, -1})
  void a_first_message_of_a_bad_length_ends_the_connection(int length) throws Exception {
    try (Socket socket = open()) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(length);
      out.flush();
      assertThat(rest(socket)).contains("FATAL").contains("08P01");
    }
    assertStillServing();
  }

  /// What a man in the middle sends behind the wish for TLS is never taken for the client's.
  @Test
  void what_is_sent_in_clear_before_the_handshake_is_not_carried_out() throws Exception {
    try (Socket socket = open()) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] parameters = startup();
      byte[] both = new byte[8 + 8 + parameters.length];
      java.nio.ByteBuffer.wrap(both)
          .putInt(8)
          .putInt(TLS_REQUEST)
          .putInt(8 + parameters.length)
          .putInt(3 << 16)
          .put(parameters);
      out.write(both);
      out.flush();
      assertThat(socket.getInputStream().read()).isEqualTo('S');
      SSLSocket secure = secured(socket);
      secure.startHandshake();
      secure.setSoTimeout(500);
      assertThatThrownBy(() -> secure.getInputStream().read())
          .as("no answer to the message in clear")
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
    assertStillServing();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void versions_of_tls_that_are_broken_are_refused(String version) throws Exception {
    try (Socket socket = open()) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(8);
      out.writeInt(TLS_REQUEST);
      out.flush();
      assertThat(socket.getInputStream().read()).isEqualTo('S');
      out.write(hello(version.equals("TLSv1") ? 1 : 2));
      out.flush();
      byte[] answer = socket.getInputStream().readNBytes(7);
      assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
      assertThat(answer[5]).as("fatal").isEqualTo((byte) 2);
    }
    assertStillServing();
  }

  /// A ClientHello of an old version, with one cipher suite that it knows.
  private static byte[] hello(int minor) {
    byte[] body = new byte[2 + 32 + 1 + 4 + 2];
    body[0] = 3;
    body[1] = (byte) minor;
    int at = 35;
    body[at + 1] = 2;
    body[at + 3] = 0x2f;
    body[at + 4] = 1;
    byte[] message = new byte[9 + body.length];
    message[0] = 22;
    message[1] = 3;
    message[2] = (byte) minor;
    message[4] = (byte) (4 + body.length);
    message[5] = 1;
    message[8] = (byte) body.length;
    System.arraycopy(body, 0, message, 9, body.length);
    return message;
  }

  private static SSLSocket secured(Socket socket) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, false);
    secure.setUseClientMode(true);
    return secure;
  }

  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
