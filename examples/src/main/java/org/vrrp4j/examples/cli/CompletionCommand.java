package org.vrrp4j.examples.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vrrp completion}. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which bash or zsh completes the commands, options and files of vrrp.",
            "Without bash-completion, and in zsh, the script is to be read by each shell: see the examples."
        },
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  # this shell",
            "  source <(vrrp completion)",
            "  # every bash, where bash-completion is installed, as root",
            "  vrrp completion > /etc/bash_completion.d/vrrp",
            "  # every zsh of this user",
            "  echo 'autoload -U +X compinit && compinit; source <(vrrp completion)' >> ~/.zshrc"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {HelpText.OK, HelpText.USAGE})
final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        String name = spec.parent().name();
        spec.commandLine()
                .getOut()
                .println(AutoComplete.bash(name, spec.parent().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
