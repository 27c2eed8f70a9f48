/** Tests of the binding to io_uring: against a kernel that is not there, and against the real one where it is. */
package org.vrrp4j.linux.uring;
