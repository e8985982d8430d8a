package io.jeton.bridge.contract.thinksns;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.multipart.AggregatedBodyPart;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.common.stream.StreamMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads {@code multipart/form-data} bodies. Files are no fields; a malformed body has none. */
final class MultipartFields {
  private static final int LONGEST_BOUNDARY = 200;

  private MultipartFields() {}

  static CompletableFuture<Fields> read(@Nullable MediaType type, byte[] body) {
    List<String> boundary = type == null ? List.of() : type.parameters().get("boundary");
    if (boundary == null
        || boundary.size() != 1
        || boundary.get(0).isEmpty()
        || boundary.get(0).length() > LONGEST_BOUNDARY) {
      return CompletableFuture.completedFuture(Fields.NONE);
    }
    return Multipart.from(boundary.get(0), StreamMessage.of(HttpData.wrap(body)))
        .aggregate()
        .thenApply(multipart -> fields(multipart.bodyParts()))
        .exceptionally(malformed -> Fields.NONE);
  }

  private static Fields fields(List<AggregatedBodyPart> parts) {
    Fields.Builder fields = new Fields.Builder();
    for (AggregatedBodyPart part : parts) {
      String name = part.name();
      if (name != null && part.filename() == null) {
        fields.addNamed(name, part.contentUtf8());
      }
    }
    return fields.build();
  }
}
