package io.jeton.client.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.jeton.v1.TokenRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of the type {@code token}. */
class TokenRecordsTest {
  private static final String SHA = "ab".repeat(32);

  @TempDir private Path directory;

  @Test
  void everyField_isRead() throws Exception {
    TokenRecord token =
        read(
            "'realm':'shop','contract':'liveget','token':'T1','id':0,'name':'','module':'demo',"
                + "'sub_module':'kid','account':'Seven','machine':'M1',"
                + "'issue_time':'2019-01-01T00:00:00Z','expire_time':'2020-01-01T08:00:00+08:00',"
                + "'last_use':'2019-06-01T00:00:00Z','scopes':['a','b'],'app_id':'app',"
                + "'kind':'licence'");

    assertThat(token)
        .isEqualTo(
            TokenRecord.newBuilder()
                .setRealm("shop")
                .setIssuer("liveget")
                .setToken("T1")
                .setImportedId("0")
                .setName("")
                .setModule("demo")
                .setSubModule("kid")
                .setAccount(io.jeton.v1.AccountRef.newBuilder().setLogin("Seven"))
                .setMachine("M1")
                .setIssueTime(time(1_546_300_800))
                .setExpireTime(time(1_577_836_800))
                .setLastUseTime(time(1_559_347_200))
                .addScopes("a")
                .addScopes("b")
                .setAppId("app")
                .setKind("licence")
                .build());
  }

  @Test
  void animeloop_isRevealable_andNeedsTheTokenItself() throws Exception {
    assertThat(read("'contract':'animeloop','token':'T','account':7").getRevealable()).isTrue();
    assertThat(read("'contract':'animeloop','token':'T','account':7").getAccount().getId())
        .isEqualTo("7");
    assertThat(read("'contract':'animeloop','issuer':'anime-2','token':'T'").getIssuer())
        .isEqualTo("anime-2");
    assertThat(read("'contract':'chatot','sha256':'" + SHA + "'").getRevealable()).isFalse();

    BadLineException e = refusal("'contract':'animeloop','sha256':'" + SHA + "'");
    assertThat(e.line()).isEqualTo(1);
    assertThat(e.field()).isEqualTo("sha256");
  }

  @Test
  void sha256_isBytes_andATokenMayBeAReference() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "from-a-file\n");

    assertThat(read("'contract':'c','sha256':'" + SHA.toUpperCase() + "'").getSha256())
        .isEqualTo(ByteString.copyFrom(java.util.HexFormat.of().parseHex(SHA)));
    assertThat(read("'contract':'c','token':'env:TOKEN'").getToken()).isEqualTo("from-env");
    assertThat(read("'contract':'c','token':'file:" + file + "'").getToken())
        .isEqualTo("from-a-file");
  }

  @ParameterizedTest
  @CsvSource({
    "10002023-01-01T00:00:00Z, 253402300799",
    "+99992023-12-31T23:59:59+08:00, 253402300799",
    "9999-12-31T23:59:59Z, 253402300799",
    "0001-01-01T00:00:00Z, -62135596800"
  })
  void expireTime_afterTheYear9999_isItsEnd(String text, long seconds) throws Exception {
    assertThat(read("'contract':'c','token':'T','expire_time':'" + text + "'").getExpireTime())
        .isEqualTo(time(seconds));
  }

  @Test
  void expireTime_null_isNever() throws Exception {
    assertThat(read("'contract':'c','token':'T','expire_time':null").hasExpireTime()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'token':'T' | contract",
        "'contract':'c' | token",
        "'contract':'c','token':'T','sha256':'00' | token",
        "'contract':'c','sha256':'canary' | sha256",
        "'contract':'c','token':'env:canary' | token",
        "'contract':'c','token':'T','id':-1 | id",
        "'contract':'c','token':'T','id':9007199254740992 | id",
        "'contract':'c','token':'T','scopes':'canary' | scopes",
        "'contract':'c','token':'T','scopes':[1] | scopes",
        "'contract':'c','token':'T','account':true | account",
        "'contract':'c','token':'T','account':'' | account",
        "'contract':'c','token':'T','expire_time':'10002023-99-01T00:00:00Z' | expire_time",
        "'contract':'c','token':'T','issue_time':'10002023-01-01T00:00:00Z' | issue_time",
        "'contract':'c','token':'T','canary':1 | canary"
      })
  void otherValues_areRefused_withTheField(String members, String field) {
    BadLineException e = refusal(members);

    assertThat(e.field()).isEqualTo(field);
    assertThat(e.problem()).doesNotContain("canary");
  }

  private static com.google.protobuf.Timestamp time(long seconds) {
    return com.google.protobuf.Timestamp.newBuilder().setSeconds(seconds).build();
  }

  private static TokenRecord read(String members) throws BadLineException {
    return new Records(new SecretReferences(Map.of("TOKEN", "from-env")))
        .parse(1, "{\"type\":\"token\"," + members.replace('\'', '"') + "}")
        .getToken();
  }

  private static BadLineException refusal(String members) {
    BadLineException e = catchThrowableOfType(BadLineException.class, () -> read(members));
    assertThat(e).as("it was to be refused").isNotNull();
    return e;
  }
}
