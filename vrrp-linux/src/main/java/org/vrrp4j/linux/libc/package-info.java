/**
 * The functions of the C library that vrrp4j calls, and what their failures mean.
 *
 * <ul>
 *   <li>{@link org.vrrp4j.linux.libc.Libc}: the functions, direct-mapped by JNA, with addresses as numbers;
 *   <li>{@link org.vrrp4j.linux.libc.SocketFd}: a descriptor that closes once;
 *   <li>{@link org.vrrp4j.linux.libc.NetworkNamespace}: where sockets are opened (network_namespaces(7));
 *   <li>{@link org.vrrp4j.linux.libc.Pipe}: a pipe to another process that is never waited for;
 *   <li>{@link org.vrrp4j.linux.libc.LinuxException}: a refused call with errno and remedy;
 *   <li>{@link org.vrrp4j.linux.libc.Capability}: the rights of this process (capabilities(7));
 *   <li>{@link org.vrrp4j.linux.libc.LinuxHost}: whether all this works here.
 * </ul>
 *
 * <p>Not here: what the calls are for (sockets, netlink). The numbers are those of x86-64, aarch64 and riscv64; other
 * 64-bit architectures (MIPS, SPARC) number some of them differently, and 32-bit ones are not supported.
 */
package org.vrrp4j.linux.libc;
