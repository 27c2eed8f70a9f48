/**
 * The front door. {@link org.vrrp4j.VrrpNode} holds virtual IP addresses together with other routers of its network and
 * tells a {@link org.vrrp4j.VrrpListener} when it becomes MASTER or BACKUP:
 *
 * <pre>{@code
 * try (VrrpNode node = VrrpNode.builder()
 *         .router(VirtualRouter.on("eth0").vrid(51).priority(150)
 *                 .advertisementInterval(Duration.ofMillis(100))
 *                 .address("192.0.2.100/24")
 *                 .onMaster(change -> scheduler.resume())
 *                 .onBackup(change -> scheduler.pause()))
 *         .start()) {
 *     server.awaitTermination();
 * }
 * }</pre>
 *
 * <p>With vrrp-linux and vrrp-netty on the class path or module path nothing else needs naming; both can be replaced
 * through {@link org.vrrp4j.spi}. Values that are passed in and out live in {@link org.vrrp4j.model} and
 * {@link org.vrrp4j.config}. VRRP is RFC 9568 (version 3) and RFC 3768 (version 2).
 */
package org.vrrp4j;
