/** What the demo computes and draws, from made-up stories. */
package org.vrrp4j.examples.demo;
