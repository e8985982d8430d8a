package io.jeton.client.records;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.jeton.v1.AccountRef;
import io.jeton.v1.CreateAccountRequest;
import io.jeton.v1.CreateSessionRequest;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.SessionRecord;
import io.jeton.v1.SigningAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportReaderTest {
  private static final String CANARY = "canary-4711";
  private static final Map<String, String> ENVIRONMENT = Map.of("SIGNING", "from the environment");

  @TempDir private Path directory;

  private static List<ImportRequest> read(Path file) throws Exception {
    List<ImportRequest> requests = new ArrayList<>();
    try (ImportReader reader = ImportFile.of(file, ENVIRONMENT).open()) {
      for (Optional<ImportRequest> next = reader.next(); next.isPresent(); next = reader.next()) {
        requests.add(next.get());
      }
    }
    return requests;
  }

  private List<ImportRequest> read(String text) throws Exception {
    return read(Files.writeString(directory.resolve("f.jsonl"), text));
  }

  private ImportRequest one(String line) throws Exception {
    List<ImportRequest> requests = read(line);
    assertThat(requests).hasSize(1);
    return requests.get(0);
  }

  private BadLineException refusal(String text) {
    return catchThrowableOfType(BadLineException.class, () -> read(text));
  }

  @Test
  void realm_isRead() throws Exception {
    ImportRequest request =
        one("{\"type\":\"realm\",\"realm\":\"shop\",\"time_zone\":\"Asia/Shanghai\"}");

    assertThat(request.getLine()).isEqualTo(1);
    assertThat(request.getValidateOnly()).isFalse();
    assertThat(request.getRealm().getName()).isEqualTo("shop");
    assertThat(request.getRealm().getTimeZone()).isEqualTo("Asia/Shanghai");
  }

  @Test
  void session_isRead_withItsAccountByLoginOrId_andItsSidByReference() throws Exception {
    Path sid = Files.writeString(directory.resolve("sid"), "from a file\n");
    List<ImportRequest> requests =
        read(
            """
            {"type":"session","realm":"shop","sid":"4VtJ","account":"Seven","data":{"a": [1.0]},\
            "expire_time":"2030-01-01T00:00:00.5Z"}
            {"type":"session","sid":"env:SIGNING","account":7,"expire_time":"2001-01-01T00:00:00Z"}
            {"type":"session","sid":"file:%s","expire_time":"2030-01-01T00:00:00Z"}
            """
                .formatted(sid));

    assertThat(requests.get(0).getSession())
        .isEqualTo(
            SessionRecord.newBuilder()
                .setSession(
                    CreateSessionRequest.newBuilder()
                        .setRealm("shop")
                        .setSid("4VtJ")
                        .setData("{\"a\": [1.0]}")
                        .setExpireTime(
                            Timestamp.newBuilder().setSeconds(1_893_456_000).setNanos(500_000_000)))
                .setAccount(AccountRef.newBuilder().setLogin("Seven"))
                .build());
    assertThat(requests.get(1).getSession().getSession().getSid())
        .isEqualTo("from the environment");
    assertThat(requests.get(1).getSession().getAccount().getId()).isEqualTo("7");
    assertThat(requests.get(2).getSession().getSession().getSid()).isEqualTo("from a file");
    assertThat(requests.get(2).getSession().hasAccount()).isFalse();
  }

  @Test
  void account_isRead_withEveryField() throws Exception {
    ImportRequest request =
        one(
            """
            {"type":"account","realm":"shop","id":7,"name":"Seven","email":"s@e.org","phone":"139",\
            "qq":"10","password":"pw","banned":true,"disabled":true,"profile":{"a": 1.0, "é":[{}]}}
            """);

    assertThat(request.getAccount().getAccount())
        .isEqualTo(
            CreateAccountRequest.newBuilder()
                .setRealm("shop")
                .setId("7")
                .setName("Seven")
                .setEmail("s@e.org")
                .setPhone("139")
                .setQq("10")
                .setPassword("pw")
                .setBanned(true)
                .setDisabled(true)
                .setProfile("{\"a\": 1.0, \"é\":[{}]}")
                .build());
  }

  @Test
  void account_hasNothing_thatIsNotGivenOrNull() throws Exception {
    ImportRequest request =
        one(
            "{\"type\":\"account\",\"name\":\"Seven\",\"id\":null,\"email\":null,\"profile\":null}");

    assertThat(request.getAccount().getAccount())
        .isEqualTo(CreateAccountRequest.newBuilder().setName("Seven").build());
  }

  @Test
  void passwordHash_isKeptAsItIs() throws Exception {
    ImportRequest request =
        one("{\"type\":\"account\",\"name\":\"Seven\",\"password_hash\":\"$2y$10$abc\"}");

    assertThat(request.getAccount().getAccount().getPasswordHash()).isEqualTo("$2y$10$abc");
    assertThat(request.getAccount().getAccount().hasPassword()).isFalse();
  }

  @Test
  void signingKey_isRead() throws Exception {
    var key =
        one("{\"type\":\"signing_key\",\"realm\":\"shop\",\"contract\":\"thinksns\","
                + "\"alg\":\"HS512\",\"secret\":\"changeme\"}")
            .getSigningKey()
            .getKey();

    assertThat(key.getRealm()).isEqualTo("shop");
    assertThat(key.getName()).isEqualTo("thinksns");
    assertThat(key.getAlgorithm()).isEqualTo(SigningAlgorithm.SIGNING_ALGORITHM_HS512);
    assertThat(key.getSecret()).isEqualTo(ByteString.copyFromUtf8("changeme"));
  }

  @Test
  void secret_isRead_whereItIs() throws Exception {
    Path file = directory.resolve("key");
    Files.write(file, new byte[] {(byte) 0xff, ' ', '\n', '\r', '\n'});
    String line =
        "{\"type\":\"signing_key\",\"contract\":\"web\",\"alg\":\"HS256\",\"secret\":\"%s\"}";

    assertThat(one(line.formatted("env:SIGNING")).getSigningKey().getKey().getSecret())
        .isEqualTo(ByteString.copyFromUtf8("from the environment"));
    assertThat(one(line.formatted("file:" + file)).getSigningKey().getKey().getSecret())
        .isEqualTo(ByteString.copyFrom(new byte[] {(byte) 0xff, ' ', '\n'}));
  }

  @Test
  void revokedJti_isRead() throws Exception {
    var forever =
        one("{\"type\":\"revoked_jti\",\"contract\":\"thinksns\",\"jti\":\"x\",\"until\":null}");
    var ending =
        one(
            "{\"type\":\"revoked_jti\",\"realm\":\"shop\",\"contract\":\"thinksns\",\"jti\":\"x\","
                + "\"until\":\"1970-01-01T08:00:01.5+08:00\"}");

    assertThat(forever.getRevokedJti().getKey()).isEqualTo("thinksns");
    assertThat(forever.getRevokedJti().hasUntil()).isFalse();
    assertThat(ending.getRevokedJti().getRealm()).isEqualTo("shop");
    assertThat(ending.getRevokedJti().getJti()).isEqualTo("x");
    assertThat(ending.getRevokedJti().getUntil().getSeconds()).isEqualTo(1);
    assertThat(ending.getRevokedJti().getUntil().getNanos()).isEqualTo(500_000_000);
  }

  @Test
  void lines_areCounted_emptyOnesToo() throws Exception {
    List<ImportRequest> requests =
        read(
            "\uFEFF{\"type\":\"realm\",\"realm\":\"a\"}\r\n\n  \n{\"realm\":\"b\",\"type\":\"realm\"}");

    assertThat(requests).extracting(ImportRequest::getLine).containsExactly(1L, 4L);
    assertThat(requests).extracting(each -> each.getRealm().getName()).containsExactly("a", "b");
  }

  @Test
  void emptyFile_hasNoRecord() throws Exception {
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "canary-4711                        |        | is not JSON, or is nested too deeply",
        "{'type':'realm','realm':canary}    |        | is not JSON, or is nested too deeply",
        "{'type':'realm','realm':'canary    |        | is not JSON, or is nested too deeply",
        "{'type':'realm'                    |        | is not JSON, or is nested too deeply",
        "['canary-4711']                    |        | is not a JSON object",
        "'canary-4711'                      |        | is not a JSON object",
        "{'type':'realm','realm':'a'} 1     |        | has something after the JSON object",
        "{'realm':'canary-4711'}            | type   | is missing",
        "{'type':null}                      | type   | is missing",
        "{'type':7}                         | type   | must be text",
        "{'type':'canary-4711'}             | type   | must be realm, account, session, application, module, signing_key, revoked_jti or token",
        "{'type':'session'}                 | sid    | is missing",
        "{'type':'session','sid':'canary'}  | expire_time | is missing",
        "{'type':'session','sid':'canary','expire_time':'2030-01-01T00:00:00Z','data':[]} | data | must be an object",
        "{'type':'session','sid':'canary','expire_time':'2030-01-01T00:00:00Z','account':0} | account | must be from 1 to 9007199254740991",
        "{'type':'session','sid':'canary','expire_time':'2030-01-01T00:00:00Z','account':true} | account | must be a text or a whole number",
        "{'type':'session','sid':'env:NONE','expire_time':'2030-01-01T00:00:00Z'} | sid | names an environment variable that is not set",
        "{'type':'token','token':'canary'}  | contract | is missing",
        "{'type':'application'}             | app_id | is missing",
        "{'type':'application','app_id':'a','encrypt_type':2147483648} | encrypt_type | is too large",
        "{'type':'application','app_id':'a','encrypt_type':'1'} | encrypt_type | must be a whole number",
        "{'type':'application','app_id':'a','access_key_secret':'env:CANARY'} | access_key_secret | names an environment variable that is not set",
        "{'type':'module'}                  | name   | is missing",
        "{'type':'module','name':'canary'}  | identification | is missing",
        "{'type':'module','name':'m','identification':'i','sub_modules':{}} | sub_modules | must be an array",
        "{'type':'module','name':'m','identification':'i','sub_modules':['canary']} | sub_modules | must be an array of objects",
        "{'type':'module','name':'m','identification':'i','sub_modules':[{}]} | sub_modules.name | is missing",
        "{'type':'module','name':'m','identification':'i','sub_modules':[{'name':'k','x':1}]} | sub_modules.x | is not a field of this record",
        "{'type':'module','name':'m','identification':'i','sub_modules':[{'name':'k','name':'k'}]} | sub_modules | has a key twice",
        "{'type':'module','name':'m','identification':'i','expire_time':'canary'} | expire_time | must be a time such as 2030-01-01T00:00:00Z",
        "{'type':'realm'}                   | realm  | is missing",
        "{'type':'realm','realm':['canary-4711']} | realm | must be text",
        "{'type':'realm','realm':'a','realm':'b'} | realm | is given twice",
        "{'type':'realm','realm':'a','name':'canary-4711'} | name | is not a field of this record",
        "{'type':'realm','realm':'a','canary-4711':1} |    | is not a field of this record",
        "{'type':'realm','realm':'\\ud800'}  | realm  | has half a character",
        "{'type':'account','id':'canary'}   | id     | must be a whole number",
        "{'type':'account','id':1.0}        | id     | must be a whole number",
        "{'type':'account','id':0}          | id     | must be from 1 to 9007199254740991",
        "{'type':'account','id':-4711}      | id     | must be from 1 to 9007199254740991",
        "{'type':'account','id':9007199254740992} | id | must be from 1 to 9007199254740991",
        "{'type':'account','phone':4711}    | phone  | must be text",
        "{'type':'account','banned':'canary'} | banned | must be true or false",
        "{'type':'account','disabled':1}    | disabled | must be true or false",
        "{'type':'account','profile':'canary'} | profile | must be an object",
        "{'type':'account','profile':[]}    | profile | must be an object",
        "{'type':'account','profile':{'a':{'b':1,'b':2}}} | profile | has a key twice",
        "{'type':'account','password':'canary-4711','password_hash':'canary'} | password | must not be given beside password_hash",
        "{'type':'signing_key','alg':'HS256','secret':'canary'} | contract | is missing",
        "{'type':'signing_key','contract':'a','secret':'canary'} | alg | is missing",
        "{'type':'signing_key','contract':'a','alg':'canary-4711','secret':'x'} | alg | must be HS256 or HS512",
        "{'type':'signing_key','contract':'a','alg':'RS256','secret':'x'} | alg | must be HS256 or HS512",
        "{'type':'signing_key','contract':'a','alg':'HS256'} | secret | is missing",
        "{'type':'signing_key','contract':'a','alg':'HS256','secret':'env:canary-4711'} | secret | names an environment variable that is not set",
        "{'type':'signing_key','contract':'a','alg':'HS256','secret':'file:canary-4711'} | secret | names a file that cannot be read",
        "{'type':'revoked_jti','contract':'a'} | jti | is missing",
        "{'type':'revoked_jti','jti':'canary'} | contract | is missing",
        "{'type':'revoked_jti','contract':'a','jti':'x','until':1893456000} | until | must be text",
        "{'type':'revoked_jti','contract':'a','jti':'x','until':'canary-4711'} | until | must be a time such as 2030-01-01T00:00:00Z",
        "{'type':'revoked_jti','contract':'a','jti':'x','until':'2030-01-01 00:00:00'} | until | must be a time such as 2030-01-01T00:00:00Z",
        "{'type':'revoked_jti','contract':'a','jti':'x','until':'+10000-01-01T00:00:00Z'} | until | must be a time such as 2030-01-01T00:00:00Z",
      })
  void badLine_isRefused_withoutItsValues(String line, String field, String problem) {
    BadLineException e = refusal("\n" + line.replace('\'', '"'));

    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e.field()).isEqualTo(field == null ? "" : field);
    assertThat(e.line()).isEqualTo(2);
    assertThat(e.toString()).doesNotContain("canary").doesNotContain("4711");
  }

  @Test
  void deepNesting_isRefused() throws Exception {
    String line = "{\"type\":\"account\",\"name\":\"a\",\"profile\":{\"a\":%s}}";
    assertThat(read(line.formatted("[".repeat(50) + "]".repeat(50)))).hasSize(1);

    assertThat(refusal(line.formatted("[".repeat(70) + "]".repeat(70))).problem())
        .isEqualTo("is not JSON, or is nested too deeply");
  }

  @Test
  void longLine_isRefused_justAbove64KiB() throws Exception {
    String line = "{\"type\":\"realm\",\"realm\":\"a\"}";
    String longest = line + " ".repeat((64 << 10) - line.length());
    assertThat(read(longest + "\n")).hasSize(1);

    assertThat(refusal(longest + " \n").problem()).isEqualTo("is longer than 64 KiB");
  }

  @Test
  void otherEncoding_isRefused() throws Exception {
    Path file = directory.resolve("latin.jsonl");
    Files.write(file, "{\"type\":\"account\",\"name\":\"é\"}".getBytes(ISO_8859_1));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(BadLineException.class)
        .hasMessage("is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "{}", "\u0000"})
  void reader_goesOn_afterABadLine(String bad) throws Exception {
    Path file = directory.resolve("f.jsonl");
    Files.writeString(
        file, bad + "\n" + "x".repeat(70_000) + "\n{\"type\":\"realm\",\"realm\":\"a\"}\n");
    try (ImportReader reader = ImportFile.of(file, ENVIRONMENT).open()) {
      assertThatThrownBy(reader::next).isInstanceOf(BadLineException.class);
      assertThatThrownBy(reader::next).isInstanceOf(BadLineException.class);

      assertThat(reader.next().orElseThrow().getLine()).isEqualTo(3);
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void missingFile_isAnIoException() {
    assertThatThrownBy(() -> read(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** More text than the heap of the tests could hold. */
  @Test
  void endlessLine_isRefused_inLittleMemory() throws Exception {
    long length = 1L << 30;
    InputStream endless =
        new InputStream() {
          private long left = length;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int count) throws IOException {
            if (left <= 0) {
              return -1;
            }
            java.util.Arrays.fill(bytes, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
          }
        };
    try (ImportReader reader = new ImportReader(endless, new SecretReferences(Map.of()))) {
      assertThatThrownBy(reader::next).hasMessage("is longer than 64 KiB");
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void fieldNames_areThoseOfTheFile() {
    assertThat(
            List.of(
                    "name",
                    "time_zone",
                    "account.email",
                    "key.name",
                    "key.algorithm",
                    "key",
                    "jti",
                    "issuer",
                    "imported_id",
                    "last_use_time",
                    "token")
                .stream()
                .map(FieldNames::inFile))
        .containsExactly(
            "realm",
            "time_zone",
            "email",
            "contract",
            "alg",
            "contract",
            "jti",
            "contract",
            "id",
            "last_use",
            "token");
  }
}
