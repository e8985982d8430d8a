package io.jeton.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.1", "fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "10.1.2.3|203.0.113.9|203.0.113.9",
        "10.1.2.3|-|10.1.2.3",
        "11.1.2.3|203.0.113.9|11.1.2.3",
        "192.0.2.1|203.0.113.9|203.0.113.9",
        "192.0.2.2|203.0.113.9|192.0.2.2",
        "fd12::1|2001:db8::1|2001:db8:0:0:0:0:0:1",
        "10.1.2.3|198.51.100.1, 203.0.113.9|203.0.113.9",
        "10.1.2.3|198.51.100.1, 203.0.113.9, 10.9.9.9|203.0.113.9",
        "10.1.2.3|203.0.113.9:4711|203.0.113.9",
        "10.1.2.3|[2001:db8::1]:4711|2001:db8:0:0:0:0:0:1",
        "10.1.2.3|::ffff:203.0.113.9|203.0.113.9",
        "10.1.2.3|unknown|10.1.2.3",
        "10.1.2.3|203.0.113.9, example.org|10.1.2.3",
        "10.1.2.3|203.0.113.9,|10.1.2.3",
      })
  void client_isTheLastThatNoTrustedProxySpeaksFor(String peer, String forwarded, String client)
      throws Exception {
    RequestHeadersBuilder headers = RequestHeaders.builder(HttpMethod.GET, "/");
    if (forwarded != null) {
      headers.add("x-forwarded-for", forwarded);
    }
    assertThat(PROXIES.client(InetAddress.getByName(peer), headers.build()).getHostAddress())
        .isEqualTo(client);
  }

  @Test
  void client_readsSeveralHeadersAsOneList() throws Exception {
    RequestHeaders headers =
        RequestHeaders.builder(HttpMethod.GET, "/")
            .add("x-forwarded-for", "203.0.113.9")
            .add("x-forwarded-for", "10.9.9.9")
            .build();
    assertThat(PROXIES.client(InetAddress.getByName("10.1.2.3"), headers).getHostAddress())
        .isEqualTo("203.0.113.9");
  }

  @Test
  void isTls_believesTrustedProxiesOnly() throws Exception {
    RequestHeaders https =
        RequestHeaders.builder(HttpMethod.GET, "/").add("x-forwarded-proto", "https").build();
    InetAddress proxy = InetAddress.getByName("10.1.2.3");
    InetAddress stranger = InetAddress.getByName("11.1.2.3");
    assertThat(PROXIES.isTls(proxy, https, false)).isTrue();
    assertThat(PROXIES.isTls(stranger, https, false)).isFalse();
    assertThat(PROXIES.isTls(proxy, RequestHeaders.of(HttpMethod.GET, "/"), true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.org", "10.0.0.0/33", "::1/129", "10.0.0.0/", "10.0.0/8/8"})
  void of_refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("trusted-proxies: " + text + " (expected: ");
  }
}
