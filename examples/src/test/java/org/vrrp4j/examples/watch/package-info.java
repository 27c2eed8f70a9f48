/** Tests of what {@code vrrp decode} and {@code vrrp watch} show, with capture files and packets made here. */
package org.vrrp4j.examples.watch;
