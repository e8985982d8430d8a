package io.jeton.bridge.contract.thinksns;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.jeton.bridge.Client;
import io.jeton.bridge.Inquiry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InputTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @Test
  void of_decodesFormsAsPhpDoes() {
    assertThat(form("a=1+2%203%zz%4&b").trimmed("a")).hasValue("1 2 3%zz%4");
    assertThat(form("a=1+2%203%zz%4&b").trimmed("b")).isEmpty();
    assertThat(form("%61=x&=y&&").trimmed("a")).hasValue("x");
    assertThat(form("a=b=c").trimmed("a")).hasValue("b=c");
    assertThat(form("a=%E4%B8%83").trimmed("a")).hasValue("七");
    assertThat(form("a=%ff").trimmed("a")).hasValue("\ufffd");
  }

  @Test
  void of_takesArrayNamesForArrays() {
    assertThat(form("a=1&a[]=2").trimmed("a")).isEmpty();
    assertThat(form("a[x]=1&a=2").trimmed("a")).hasValue("2");
    assertThat(form("[a]=1").trimmed("a")).isEmpty();
    assertThat(input("a=1", FORM, "a[]=2").trimmed("a")).isEmpty();
  }

  @Test
  void of_hidesTheQueryBehindTheBody_whateverTheValue() {
    assertThat(input("a=1&b=2", "application/json", "{\"a\":null}").trimmed("a")).isEmpty();
    assertThat(input("a=1&b=2", "application/json", "{\"a\":null}").trimmed("b")).hasValue("2");
    assertThat(input("a=1", FORM, "a=3").trimmed("a")).hasValue("3");
    assertThat(input("a=1", FORM, "a=3").query().trimmed("a")).hasValue("1");
  }

  @Test
  void of_readsNothingFromJsonThatPhpRefuses() {
    assertThat(json("{\"a\":\"1\"}").trimmed("a")).hasValue("1");
    assertThat(json("\ufeff{\"a\":\"1\"}").trimmed("a")).isEmpty();
    assertThat(json("{'a':'1'}").trimmed("a")).isEmpty();
    assertThat(json("{\"a\":\"1\",}").trimmed("a")).isEmpty();
    assertThat(json("{\"a\":\"1\"}{}").trimmed("a")).isEmpty();
    assertThat(json("{\"a\":\"1\",\"b\":\"\\ud800\"}").trimmed("a")).isEmpty();
    assertThat(json("{\"a\":\"1\",\"b\":" + "[".repeat(600) + "]".repeat(600) + "}").trimmed("a"))
        .isEmpty();
    assertThat(json("[".repeat(50_000)).trimmed("a")).isEmpty();
  }

  @Test
  void of_readsNothingFromJsonThatIsNotUtf8() {
    byte[] latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = "{\"a\":\"1\"}".getBytes(StandardCharsets.UTF_16BE);
    assertThat(input("", "application/json", latin).trimmed("a")).isEmpty();
    assertThat(input("", "application/json", wide).trimmed("a")).isEmpty();
  }

  @Test
  void trimmed_takesAwayWhatPhpDoes_andRawNothing() {
    Input input = json("{\"a\":\" \\t\\n\\r\\u0000\\u000bx\\u00a0 \"}");
    assertThat(input.trimmed("a")).hasValue("x\u00a0");
    assertThat(input.raw("a")).hasValue(" \t\n\r\0\u000bx\u00a0 ");
    assertThat(json("{\"a\":\" \"}").trimmed("a")).isEmpty();
    assertThat(json("{\"a\":\" \"}").raw("a")).hasValue(" ");
  }

  @Test
  void of_readsMultipart_whateverTheCaseOfItsNames() {
    String body =
        "--B\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n七 \r\n"
            + "--B\r\nContent-Disposition: form-data; name=\"b[]\"\r\n\r\n1\r\n--B--\r\n";
    Input input = input("b=2", "Multipart/Form-Data; boundary=\"B\"", body);
    assertThat(input.raw("a")).hasValue("七 ");
    assertThat(input.trimmed("b")).isEmpty();
  }

  @Test
  void of_neverFails_onABodyOfAnotherType() {
    for (String type :
        new String[] {"", "text/plain", "/", ";;", "multipart/form-data; boundary="}) {
      assertThat(input("a=1", type, "a=2").trimmed("a")).as(type).hasValue("1");
    }
  }

  private static Input form(String body) {
    return input("", FORM, body);
  }

  private static Input json(String body) {
    return input("", "application/json;charset=GBK", body);
  }

  private static Input input(String query, String type, String body) {
    return input(query, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Input input(String query, String type, byte[] body) {
    RequestHeaders headers =
        RequestHeaders.builder(HttpMethod.POST, "/").set("content-type", type).build();
    return Input.of(new Inquiry(headers, "", "/", query, body, "http://x", Client.BRIDGE)).join();
  }
}
