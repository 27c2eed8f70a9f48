/**
 * What every {@link org.vrrp4j.spi.AddressBackend} must do, as checks that its author can run against it with any test
 * framework. With JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> contract() {
 *     return AddressBackendContract.checks(MyWorld::new)
 *             .map(check -> DynamicTest.dynamicTest(check.sentence(), check::run));
 * }
 * }</pre>
 *
 * <p>Not here: how fast a backend is, and what only its own world knows, such as leases that end.
 */
package org.vrrp4j.spi.contract;
