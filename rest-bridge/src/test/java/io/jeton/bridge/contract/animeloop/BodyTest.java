package io.jeton.bridge.contract.animeloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.jeton.bridge.Client;
import io.jeton.bridge.Inquiry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name=a|a",
        "name=|''",
        "name|''",
        "name=a=b|a=b",
        "name=a&name=b&name=c|a,b,c",
        "name[]=a&name=b|a,b",
        "name%5B%5D=a|a",
        "na%6De=a+b%2B|a b+",
        "&&name=%E4%B8%AD&|中",
        "name=%zz+|'%zz '",
      })
  void form_isReadAsQsReadsIt(String body, String name) {
    assertThat(read(FORM, body).name().asName()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nam=a", "name[=a", "[name]=a", "=a", "Name=a", "name.a=b", "name]=a"})
  void form_withoutTheField_hasNone(String body) {
    assertThat(read(FORM, body).name().asName()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name[a]=b", "name=a&name[a]=b", "name[a]=b&name=a", "name[0]=a"})
  void form_withBrackets_isAnObject(String body) {
    assertThat(read(FORM, body).name()).isEqualTo(Field.OBJECT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\"}|a",
        "{\"name\":1.0}|1",
        "{\"name\":false}|false",
        "{\"name\":[1,\"a\",null,true]}|1,a,,true",
        "{\"name\":[]}|''",
        "{\"x\":{\"name\":\"b\"},\"name\":\"a\"}|a",
        "{\"name\":{},\"name\":\"a\"}|a",
      })
  void json_isReadAsJavaScriptReadsIt(String body, String name) {
    assertThat(read(JSON, body).name().asName()).contains(name);
    assertThat(read("Application/JSON; charset=\"utf-8\"", "\uFEFF" + body).name().asName())
        .contains(name);
  }

  @Test
  void json_ofAnyDepth_isRead() {
    String deep = "[".repeat(50_000) + "]".repeat(50_000);
    assertThat(read(JSON, deep)).isEqualTo(Fields.NONE);
    assertThat(read(JSON, "{\"name\":" + deep + "}").name()).isEqualTo(Field.OBJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "multipart/form-data", "application/jsonx", "json", "a/b/c"})
  void otherTypes_haveNoFields(String type) {
    assertThat(read(type, "{\"name\":\"a\"}")).isEqualTo(Fields.NONE);
  }

  @Test
  void name_hasAtMost255Characters() {
    String longest = "😀".repeat(255);
    assertThat(Field.ofText(longest).asName()).contains(longest);
    assertThatThrownBy(() -> Field.ofText(longest + "a").asName())
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isEqualTo(Failure.DATABASE));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "+5, 5",
    "' 5 ', 5",
    "5.0, 5",
    "5e1, 50",
    "0, 0",
    "-0, 0",
    "9007199254740991, 9007199254740991",
  })
  void id_isANumericText(String text, long id) {
    assertThat(Field.ofText(text).asId()).hasValue(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "9007199254740992", "1e999", ".5"})
  void id_thatNoTokenCanHave_isNone(String text) {
    assertThat(Field.ofText(text).asId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a", "1a", "0x1", "1,2", "NaN", "Infinity", "1e", ".", "١", "1 2"})
  void id_thatIsNotNumeric_isRefused(String text) {
    assertThatThrownBy(() -> Field.ofText(text).asId()).isInstanceOf(FailureException.class);
  }

  private static Fields read(String type, String body) {
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, "/").set("content-type", type);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Body.read(
        new Inquiry(headers.build(), "", "/", "", bytes, "http://localhost", Client.BRIDGE));
  }
}
