package org.vrrp4j.examples.bench;

import java.util.concurrent.CountDownLatch;

/** A JVM that does nothing, to compare with: says that it runs, and waits to be ended. */
public final class EmptyProgram {
    static final String READY = "empty";

    private EmptyProgram() {}

    /**
     * Waits until the process is ended.
     *
     * @param args none
     */
    public static void main(String[] args) throws InterruptedException {
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
