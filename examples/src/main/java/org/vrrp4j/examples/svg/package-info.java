/** Pictures as SVG 1.1 text: what the demo's and the benchmark's have in common. They bring their own background. */
package org.vrrp4j.examples.svg;
