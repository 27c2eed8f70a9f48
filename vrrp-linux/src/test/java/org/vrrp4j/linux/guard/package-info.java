/** Tests of the guard; the kernel's part in it is tested live, in the examples. */
package org.vrrp4j.linux.guard;
