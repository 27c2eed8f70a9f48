/** keepalived itself as the judge of how its configuration is read: a corpus of texts, and what it says of each. */
package org.vrrp4j.examples.oracle;
