package io.jeton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.jeton.server.domain.Permission;
import io.jeton.server.domain.Refusal;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.InactiveReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page {@code docs/errors.md} says what the server says. */
class ErrorPageTest {
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^### (\\S.*?)\\n\\n(.*?)(?=\\n##|\\z)");
  private static final Pattern STATUS = Pattern.compile("(?m)^- Status: `([A-Z_]+)`$");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\\n(.*?)```");
  private static final String INACTIVE = "Inactive: ";

  @Test
  void everyReason_hasASection_inTheOrderOfTheProto() throws Exception {
    List<String> expected = new ArrayList<>();
    Arrays.stream(ErrorReason.values())
        .filter(reason -> reason != ErrorReason.UNRECOGNIZED)
        .filter(reason -> reason != ErrorReason.ERROR_REASON_UNSPECIFIED)
        .forEach(reason -> expected.add(Errors.name(reason)));
    Arrays.stream(InactiveReason.values())
        .filter(reason -> reason != InactiveReason.UNRECOGNIZED)
        .filter(reason -> reason != InactiveReason.INACTIVE_REASON_UNSPECIFIED)
        .forEach(reason -> expected.add(INACTIVE + reason.name().substring(16)));

    assertThat(sections().stream().map(Section::title)).containsExactlyElementsOf(expected);
  }

  @Test
  void everyReason_hasTheStatusAndTheMetadataThatTheServerSends() throws Exception {
    Map<String, Status> sent = sent();
    for (Section section : sections()) {
      if (section.title.startsWith(INACTIVE)) {
        assertThat(section.body).as(section.title).doesNotContain("Status:", "```");
        continue;
      }
      Status status = sent.get(section.title);
      assertThat(status).as(section.title).isNotNull();
      assertThat(Code.valueOf(section.first(STATUS)).getNumber())
          .as(section.title)
          .isEqualTo(status.getCode());
      ErrorInfo.Builder shown = ErrorInfo.newBuilder();
      JsonFormat.parser().merge(section.first(EXAMPLE), shown);
      assertThat(shown.build())
          .as(section.title)
          .isEqualTo(status.getDetails(0).unpack(ErrorInfo.class));
    }
  }

  @Test
  void everySection_saysWhatToDo() throws Exception {
    for (Section section : sections()) {
      assertThat(section.body).as(section.title).containsPattern("(?m)^- What to do: \\S.*\\.$");
      if (!section.title.startsWith(INACTIVE)) {
        assertThat(section.body)
            .as(section.title)
            .containsPattern("(?m)^- Caused by: \\S")
            .containsPattern("(?m)^- Try again: \\S");
      }
    }
  }

  private record Section(String title, String body) {
    String first(Pattern pattern) {
      return pattern
          .matcher(body)
          .results()
          .map(match -> match.group(1))
          .findFirst()
          .orElseThrow(() -> new AssertionError(title + " lacks " + pattern));
    }
  }

  private static List<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    for (MatchResult match :
        SECTION.matcher(Files.readString(Path.of("docs/errors.md"))).results().toList()) {
      sections.add(new Section(match.group(1), match.group(2)));
    }
    return sections;
  }

  /** What goes over the wire, by reason. */
  private static Map<String, Status> sent() throws Exception {
    List<Status> statuses = new ArrayList<>();
    for (Refusal refusal : Refusal.values()) {
      statuses.add(Errors.status(refused(refusal)));
    }
    statuses.add(Errors.tooLarge(1));
    statuses.add(Errors.malformed());
    statuses.add(Errors.internal("r"));
    Map<String, Status> sent = new TreeMap<>();
    for (Status status : statuses) {
      sent.put(status.getDetails(0).unpack(ErrorInfo.class).getReason(), status);
    }
    return sent;
  }

  private static RefusedException refused(Refusal refusal) {
    return switch (refusal) {
      case FIELD_INVALID -> RefusedException.ofField("page_size", "must be right");
      case PERMISSION_MISSING -> RefusedException.ofPermission(Permission.ISSUE);
      case ACCOUNT_EXISTS -> RefusedException.ofTaken("email");
      case MODULE_EXISTS -> RefusedException.ofTakenByModule("identification");
      case QUOTA_EXCEEDED -> RefusedException.ofQuota(Duration.ofMinutes(1));
      case LOGINS_THROTTLED -> RefusedException.ofThrottle(Duration.ofMinutes(5));
      default -> RefusedException.of(refusal);
    };
  }
}
