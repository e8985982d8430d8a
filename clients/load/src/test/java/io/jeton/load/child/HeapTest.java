package io.jeton.load.child;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {
  @Test
  void usedBytes_areBothGenerations_ofTheSerialCollector() {
    String info =
        """
        4711:
         def new generation   total 157248K, used 8401K [0x0, 0x1, 0x2)
          eden space 139776K,   6% used [0x0, 0x1, 0x2)
         tenured generation   total 349568K, used 1000K [0x0, 0x1, 0x2)
           the space 349568K,   0% used [0x0, 0x1, 0x2)
         Metaspace       used 4224K, committed 4480K, reserved 1114112K
          class space    used 437K, committed 576K, reserved 1048576K
        """;
    assertThat(Heap.usedBytes(info)).isEqualTo(9401 * 1024);
  }

  @Test
  void usedBytes_areTheWholeHeap_ofG1() {
    String info =
        """
         garbage-first heap   total 514048K, used 3105K [0x0, 0x1)
          region size 1024K, 4 young (4096K), 0 survivors (0K)
         Metaspace       used 4224K, committed 4480K, reserved 1114112K
        """;
    assertThat(Heap.usedBytes(info)).isEqualTo(3105 * 1024);
  }

  @Test
  void liveBytes_countWhatIsHeld() {
    ProcessHandle self = ProcessHandle.current();
    long before = Heap.liveBytes(self);
    byte[] held = new byte[20 << 20];
    assertThat(Heap.liveBytes(self) - before).isBetween(19L << 20, 28L << 20);
    assertThat(held).isNotEmpty();
  }
}
