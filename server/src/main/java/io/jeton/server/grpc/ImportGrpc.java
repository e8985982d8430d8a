package io.jeton.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.jeton.server.api.ImportRecords;
import io.jeton.server.domain.RefusedException;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import io.jeton.v1.ImportServiceGrpc;
import io.jeton.v1.ImportServiceGrpc.ImportServiceImplBase;

/** {@code jeton.v1.ImportService}. */
final class ImportGrpc extends ImportServiceImplBase {
  private final Calls calls;
  private final CallMetrics importMetrics;
  private final ImportRecords records;

  ImportGrpc(Calls calls, ImportRecords records) {
    this.calls = calls;
    this.importMetrics = calls.metrics(ImportServiceGrpc.getImportMethod());
    this.records = records;
  }

  @Override
  public StreamObserver<ImportRequest> import_(StreamObserver<ImportResponse> observer) {
    ServiceRequestContext context = ServiceRequestContext.current();
    ImportStream stream =
        new ImportStream(
            calls,
            importMetrics,
            context,
            (ServerCallStreamObserver<ImportResponse>) observer,
            validateOnly -> records.begin(validateOnly, CallerInterceptor.identity(context)));
    // Each record has its limit; of a stream of them there is none.
    context.setMaxRequestLength(0);
    try {
      calls.drain().begin();
      stream.begin();
    } catch (RefusedException e) {
      stream.refuse(e);
    }
    return stream;
  }
}
