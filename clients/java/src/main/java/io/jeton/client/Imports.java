package io.jeton.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.jeton.client.records.ImportFile;
import io.jeton.client.records.ImportReader;
import io.jeton.v1.ImportServiceGrpc;
import io.jeton.v1.ImportServiceGrpc.ImportServiceStub;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * Takes over what another system has. Needs the permission {@link Permission#ADMIN} in every realm
 * of a file, and for all realms when the file has realms.
 *
 * <p>Every method blocks until the file is done, however long that takes, and throws {@link
 * JetonException} when the server refused the caller, or nothing moved for five minutes. No more
 * than a few records of a file are held in memory. Safe for use by several threads.
 */
public final class Imports {
  private final ImportServiceStub stub;
  private final String server;

  Imports(Channel channel, String server) {
    this.stub = ImportServiceGrpc.newStub(channel);
    this.server = server;
  }

  /**
   * Checks every record of a file and writes nothing.
   *
   * @param progress told from time to time how many records have been sent
   * @throws IOException when the file cannot be read
   */
  public ImportResult check(ImportFile file, LongConsumer progress) throws IOException {
    return send(file, true, progress);
  }

  /**
   * Imports a file that has been checked. At the first record that is refused it ends; those before
   * stay. It can be repeated: what is there already changes nothing.
   *
   * @param progress told from time to time how many records have been sent
   * @throws IOException when the file cannot be read
   */
  public ImportResult apply(ImportFile file, LongConsumer progress) throws IOException {
    return send(file, false, progress);
  }

  private ImportResult send(ImportFile file, boolean validateOnly, LongConsumer progress)
      throws IOException {
    try (ImportReader reader = file.open();
        ImportCall call = ImportCall.begin(stub, validateOnly)) {
      return call.send(reader, progress);
    } catch (StatusRuntimeException e) {
      throw JetonException.of(e, server);
    }
  }
}
