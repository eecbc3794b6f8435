package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// COPY jobs load each file once, and what is loaded from where can be seen.
class CopyJobTest {
  @TempDir Path directory;

  private S3Server bucket;
  private TestWarehouse warehouse;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    bucket = new S3Server(directory.resolve("s3"));
    open();
    Files.createDirectories(directory.resolve("s3/warehouse/in"));
    TestWarehouse.execute(connection, "create table t (a int, b varchar(10))");
  }

  private void open() throws Exception {
    warehouse = new TestWarehouse(directory.resolve("warehouse"), bucket.store("store"));
    connection = warehouse.connect();
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    warehouse.close();
    bucket.close();
  }

  private void file(String name, String text) throws Exception {
    Files.writeString(directory.resolve("s3/warehouse/in/" + name), text);
  }

  private String count() throws Exception {
    return TestWarehouse.rows(connection, "select count(*) from t").getFirst();
  }

  @Test
  void eachFileIsLoadedOnceAlsoAfterARestart() throws Exception {
    file("one.csv", "1,x\n2,y\n");
    TestWarehouse.execute(
        connection,
        "copy t from 's3://warehouse/in/' iam_role default csv job create nightly auto off");
    assertThat(count()).isEqualTo("0");
    TestWarehouse.execute(connection, "copy job run nightly", "copy job run nightly");
    assertThat(count()).isEqualTo("2");
    file("two.csv", "3,z\n");
    TestWarehouse.execute(connection, "begin", "copy job run nightly", "rollback");
    assertThat(count()).isEqualTo("2");
    TestWarehouse.execute(connection, "copy job run nightly");
    assertThat(count()).isEqualTo("3");
    connection.close();
    warehouse.close();
    open();
    TestWarehouse.execute(connection, "set search_path to pg_catalog", "copy job run nightly");
    TestWarehouse.execute(connection, "reset search_path");
    assertThat(count()).isEqualTo("3");
    assertThat(
            TestWarehouse.rows(
                connection, "select trim(job_name), trim(iam_role), is_auto from sys_copy_job"))
        .containsExactly("nightly|default|0");
    assertThat(
            TestWarehouse.rows(
                connection,
                "select job_name, file_location, file_name, file_size from sys_copy_job_detail"
                    + " order by file_name"))
        .containsExactly(
            "nightly|s3://warehouse/in/|one.csv|8", "nightly|s3://warehouse/in/|two.csv|4");
    assertThat(
            TestWarehouse.rows(
                connection,
                "select count(distinct filename) from stl_load_commits c join sys_copy_job j"
                    + " on c.copy_job_id = j.job_id"))
        .containsExactly("2");
  }

  @Test
  void aBadFileLeavesTheJobAsItWas() throws Exception {
    file("one.csv", "1,x\n");
    file("two.csv", "bad,x\n");
    TestWarehouse.execute(
        connection, "copy t from 's3://warehouse/in/' iam_role default csv job create j");
    assertThatThrownBy(() -> TestWarehouse.execute(connection, "copy job run j"))
        .hasMessageContaining("Load into table 't' failed");
    assertThat(count()).isEqualTo("0");
    file("two.csv", "2,x\n");
    TestWarehouse.execute(connection, "copy job run j");
    assertThat(count()).isEqualTo("2");
  }

  @Test
  void jobsOfAutoOnRunByThemselves() throws Exception {
    TestWarehouse.execute(
        connection, "copy t from 's3://warehouse/in/' iam_role default csv job create j auto on");
    file("one.csv", "1,x\n");
    for (int i = 0; i < 600 && !count().equals("1"); i++) {
      Thread.sleep(100);
    }
    assertThat(count()).isEqualTo("1");
  }

  @Test
  void jobsAreListedChangedAndDropped() throws Exception {
    String copy = "copy t from 's3://warehouse/in/' iam_role default csv job create j auto off";
    TestWarehouse.execute(connection, copy);
    assertThatThrownBy(() -> TestWarehouse.execute(connection, copy))
        .hasMessageContaining("COPY job \"j\" already exists");
    assertThat(TestWarehouse.rows(connection, "copy job list"))
        .containsExactly("j|1|0|admin|" + copy);
    TestWarehouse.execute(connection, "copy job alter j auto on");
    assertThat(TestWarehouse.rows(connection, "copy job show j"))
        .containsExactly("j|1|1|admin|" + copy);
    TestWarehouse.execute(
        connection, "create user other password 'Other1234'", "set session authorization other");
    assertThat(TestWarehouse.rows(connection, "copy job list")).isEmpty();
    assertThatThrownBy(() -> TestWarehouse.execute(connection, "copy job drop j"))
        .hasMessageContaining("must be owner of COPY job j");
    assertThatThrownBy(
            () -> TestWarehouse.execute(connection, copy.replace("create j", "create k")))
        .hasMessageContaining("permission denied");
    TestWarehouse.execute(connection, "reset session authorization", "copy job drop j");
    assertThatThrownBy(() -> TestWarehouse.execute(connection, "copy job run j"))
        .hasMessageContaining("COPY job \"j\" does not exist");
    assertThatThrownBy(
            () ->
                TestWarehouse.execute(
                    connection,
                    "copy t from 's3://warehouse/in/' access_key_id 'a' secret_access_key 'b'"
                        + " job create k"))
        .hasMessageContaining("COPY JOB does not keep access keys");
  }

  @Test
  void eachFileOfALoadCanBeSeen() throws Exception {
    file("one.csv", "1,x\n2,y\nbad,z\n");
    file("two.csv", "3,z\n");
    Files.write(
        directory.resolve("s3/warehouse/in/three.csv"), new byte[] {'4', ',', (byte) 0xFF, '\n'});
    TestWarehouse.execute(
        connection,
        "copy t from 's3://warehouse/in/' iam_role default csv maxerror 1 acceptinvchars");
    assertThat(
            TestWarehouse.rows(
                connection,
                "select trim(filename), lines_scanned, errors, status, trim(file_format)"
                    + " from stl_load_commits order by 1"))
        .containsExactly(
            "s3://warehouse/in/one.csv|3|1|1|Text",
            "s3://warehouse/in/three.csv|1|0|1|Text",
            "s3://warehouse/in/two.csv|1|0|1|Text");
    assertThat(
            TestWarehouse.rows(
                connection, "select trim(name), lines, bytes from stl_file_scan order by 1"))
        .containsExactly(
            "s3://warehouse/in/one.csv|3|14",
            "s3://warehouse/in/three.csv|1|4",
            "s3://warehouse/in/two.csv|1|4");
    assertThat(
            TestWarehouse.rows(
                connection,
                "select trim(http_method), trim(bucket), trim(key), transfer_size"
                    + " from stl_s3client order by 3"))
        .containsExactly(
            "GET|warehouse|in/one.csv|14",
            "GET|warehouse|in/three.csv|4",
            "GET|warehouse|in/two.csv|4");
    assertThat(
            TestWarehouse.rows(
                connection,
                "select trim(filename), line_number, trim(colname), trim(raw_line)"
                    + " from stl_replacements"))
        .containsExactly("s3://warehouse/in/three.csv|1|b|4,?");
    assertThat(
            TestWarehouse.rows(
                connection,
                "select status, loaded_rows, source_file_count, error_count, file_format,"
                    + " data_source from sys_load_history"))
        .containsExactly("completed|4|3|1|csv|s3://warehouse/in/");
    assertThat(
            TestWarehouse.rows(
                connection, "select trim(filename), line_number, err_code from stl_load_errors"))
        .containsExactly("s3://warehouse/in/one.csv|3|1207");
    assertThat(
            TestWarehouse.rows(
                connection,
                "select trim(file_name), bytes_scanned, lines_scanned from sys_load_detail"
                    + " where start_time <= end_time order by 1"))
        .hasSize(3);
  }
}
