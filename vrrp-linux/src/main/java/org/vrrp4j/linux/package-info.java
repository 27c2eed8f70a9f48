/**
 * The platform of Linux: {@link org.vrrp4j.linux.LinuxPlatform} puts the parts together and {@link
 * org.vrrp4j.linux.LinuxPlatformProvider} makes them known to {@link java.util.ServiceLoader}.
 *
 * <p>The parts are in the packages below: {@code guard}, {@code holder}, {@code route} (addresses and links),
 * {@code announce}, {@code socket}, {@code netlink} and {@code libc}, each standing on the ones named after it.
 */
package org.vrrp4j.linux;
