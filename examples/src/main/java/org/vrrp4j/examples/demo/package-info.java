/**
 * {@code vrrp demo}: two hosts, a virtual address, a client that asks all the time, and what it notices when hosts die,
 * leave and come back. The story, the timeline, the table and the picture know nothing of where it plays; a
 * {@link org.vrrp4j.examples.demo.Stage} does: real hosts in a network lab, or simulated ones. The command line itself
 * is in the package {@code cli}.
 */
package org.vrrp4j.examples.demo;
