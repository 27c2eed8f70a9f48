package org.vrrp4j.linux.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a firewall, as far as they can be understood without being the kernel: what a rule asks for is either
 * met by an advertisement, or not, or unknown.
 */
final class FirewallRules {
    private static final int MAX_JUMPS = 16;

    private final List<Chain> chains;

    FirewallRules(List<Chain> chains) {
        this.chains = List.copyOf(chains);
    }

    /** Whether something holds. */
    enum Truth {
        YES,
        NO,
        UNKNOWN;

        static Truth of(boolean value) {
            return value ? YES : NO;
        }

        Truth not() {
            return switch (this) {
                case YES -> NO;
                case NO -> YES;
                default -> UNKNOWN;
            };
        }

        Truth and(Truth other) {
            return this == NO || other == NO ? NO : this == YES ? other : UNKNOWN;
        }

        Truth or(Truth other) {
            return this == YES || other == YES ? YES : this == NO ? other : UNKNOWN;
        }
    }

    /** One condition of a rule. */
    interface Match {
        Truth test(FirewallPacket packet);
    }

    /** What a rule does; NONE goes on with the next one. */
    enum Verdict {
        ACCEPT,
        DROP,
        JUMP,
        GOTO,
        RETURN,
        NONE
    }

    /**
     * One rule.
     *
     * @param target the chain of JUMP and GOTO; empty otherwise
     * @param text what a message calls it
     */
    record Rule(List<Match> matches, Verdict verdict, String target, String text) {
        Truth test(FirewallPacket packet) {
            return matches.stream().map(match -> match.test(packet)).reduce(Truth.YES, Truth::and);
        }
    }

    /** Which way the packets of a base chain go, that is one that the kernel calls by itself. */
    enum Hook {
        INCOMING,
        OUTGOING
    }

    /**
     * One chain.
     *
     * @param table where rules look for the chains that they jump to
     * @param hook empty for a chain that only other chains call
     * @param policy what happens to a packet that no rule of a base chain has decided about
     * @param scope for which packets it is called at all
     * @param insert the command that puts a rule for a packet first, without the verdict
     */
    record Chain(
            String table,
            String name,
            Optional<Hook> hook,
            Verdict policy,
            Match scope,
            String insert,
            List<Rule> rules) {
        String title() {
            return "chain " + name + " of table " + table;
        }
    }

    /**
     * A base chain that does not let a packet pass for certain.
     *
     * @param surely whether it drops the packet for certain
     * @param where the chain and the rule
     */
    record Obstacle(Chain chain, boolean surely, String where) {}

    /** How a chain ends: decided, or not (the calling chain goes on), or with a doubt. */
    private record Outcome(Verdict verdict, Optional<Obstacle> doubt) {}

    /** All base chains that a packet may not get through. */
    List<Obstacle> obstacles(FirewallPacket packet) {
        Hook wanted = packet.outgoing() ? Hook.OUTGOING : Hook.INCOMING;
        List<Obstacle> obstacles = new ArrayList<>();
        for (Chain chain : chains) {
            Truth inScope = chain.scope().test(packet);
            if (chain.hook().equals(Optional.of(wanted)) && inScope != Truth.NO) {
                obstacle(chain, packet)
                        .map(found -> new Obstacle(chain, found.surely() && inScope == Truth.YES, found.where()))
                        .ifPresent(obstacles::add);
            }
        }
        return obstacles;
    }

    private Optional<Obstacle> obstacle(Chain chain, FirewallPacket packet) {
        Walk walk = new Walk(chain, packet);
        Outcome outcome = walk.through(chain, 0);
        if (outcome.verdict() != Verdict.NONE || chain.policy() != Verdict.DROP) {
            return outcome.doubt();
        }
        boolean surely = !walk.maybeAccepted;
        String where = chain.title() + " has the policy drop and " + (surely ? "no rule" : "no rule for certain")
                + " that accepts it";
        return Optional.of(new Obstacle(chain, surely, where));
    }

    /** One packet on its way from a base chain. */
    private final class Walk {
        private final Chain base;
        private final FirewallPacket packet;
        private boolean maybeAccepted;
        private Obstacle doubt;

        Walk(Chain base, FirewallPacket packet) {
            this.base = base;
            this.packet = packet;
        }

        Outcome through(Chain chain, int jumps) {
            for (Rule rule : chain.rules()) {
                Truth met = rule.test(packet);
                if (met == Truth.NO) {
                    continue;
                }
                Outcome outcome = apply(rule, chain, met, jumps);
                boolean ends = outcome.verdict() == Verdict.ACCEPT || outcome.verdict() == Verdict.DROP;
                if (ends || outcome.verdict() == Verdict.RETURN) {
                    return ends ? outcome : undecided();
                }
            }
            return undecided();
        }

        private Outcome apply(Rule rule, Chain chain, Truth met, int jumps) {
            switch (rule.verdict()) {
                case ACCEPT -> {
                    maybeAccepted = true;
                    return met == Truth.YES ? new Outcome(Verdict.ACCEPT, Optional.ofNullable(doubt)) : undecided();
                }
                case DROP -> {
                    boolean surely = met == Truth.YES && !maybeAccepted;
                    Obstacle obstacle = new Obstacle(base, surely, rule.text() + " of " + chain.title() + " drops it");
                    if (met == Truth.YES) {
                        return new Outcome(Verdict.DROP, Optional.of(obstacle));
                    }
                    doubt = doubt == null ? obstacle : doubt;
                    return undecided();
                }
                case JUMP, GOTO -> {
                    return follow(rule, chain, met, jumps);
                }
                case RETURN -> {
                    return new Outcome(met == Truth.YES ? Verdict.RETURN : Verdict.NONE, Optional.ofNullable(doubt));
                }
                default -> {
                    return undecided();
                }
            }
        }

        private Outcome follow(Rule rule, Chain chain, Truth met, int jumps) {
            Optional<Chain> target = chains.stream()
                    .filter(each ->
                            each.table().equals(chain.table()) && each.name().equals(rule.target()))
                    .findFirst();
            if (target.isEmpty() || jumps >= MAX_JUMPS) {
                maybeAccepted = true;
                return undecided();
            }
            Outcome outcome = through(target.get(), jumps + 1);
            if (met == Truth.UNKNOWN) {
                if (outcome.verdict() == Verdict.DROP && doubt == null) {
                    doubt = outcome.doubt()
                            .map(found -> new Obstacle(base, false, found.where()))
                            .orElse(null);
                }
                return undecided();
            }
            boolean decided = outcome.verdict() == Verdict.ACCEPT || outcome.verdict() == Verdict.DROP;
            return decided || rule.verdict() == Verdict.JUMP
                    ? outcome
                    : new Outcome(Verdict.RETURN, Optional.ofNullable(doubt));
        }

        private Outcome undecided() {
            return new Outcome(Verdict.NONE, Optional.ofNullable(doubt));
        }
    }
}
