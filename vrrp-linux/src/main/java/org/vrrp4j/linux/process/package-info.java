/**
 * Programs that are run for a node: each in a session of its own, so that it can be ended with its children, and as the
 * user that it is for. {@link org.vrrp4j.linux.process.CommandProcess} is one run;
 * {@link org.vrrp4j.linux.process.ScriptSecurity} says whether somebody else could have put something else in the
 * place of a program. When one is run, and what comes of its end, is the business of others.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/setsid.1.html">setsid(1)</a>
 * @see <a href="https://man7.org/linux/man-pages/man1/setpriv.1.html">setpriv(1)</a>
 */
package org.vrrp4j.linux.process;
