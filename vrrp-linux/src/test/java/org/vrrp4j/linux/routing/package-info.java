/** Tests of routes and rules in bytes, and of the backend that puts them in place, without a kernel. */
package org.vrrp4j.linux.routing;
