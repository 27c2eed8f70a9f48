/**
 * Event loop and transport over Netty 4.2's epoll ({@code epoll(7)}): each node has one epoll thread, and the raw
 * sockets of vrrp-linux are descriptors of it ({@code EpollIoHandle}), so that a packet is received, decided and
 * answered on one thread. There are no Netty channels, pipelines or buffers here. Which packets are good is decided in
 * vrrp-core.
 */
package org.vrrp4j.netty;
