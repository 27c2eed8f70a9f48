package org.vrrp4j.keepalived;

import java.io.IOException;
import java.util.List;

/**
 * The files that a keepalived.conf can include. A path is absolute, or relative to whatever the path of the first file
 * is relative to; its separator is {@code /}. Called on the thread that reads.
 */
public interface ConfigFiles {

    /** No files at all: each include is an error. */
    ConfigFiles NONE = new ConfigFiles() {
        @Override
        public String read(String path, int maxLength) throws IOException {
            throw new IOException("files are not included here");
        }

        @Override
        public List<String> list(String directory) throws IOException {
            throw new IOException("files are not included here");
        }

        @Override
        public String absolute(String directory) {
            return directory;
        }
    };

    /**
     * The text of a file.
     *
     * @param maxLength how many characters are wanted at most; of a longer text any more than these will do
     * @throws java.io.FileNotFoundException if there is none
     * @throws IOException if it is a directory, or cannot be read; the message says why
     */
    String read(String path, int maxLength) throws IOException;

    /**
     * The names in a directory, in any order.
     *
     * @param directory empty for the one that paths are relative to
     * @throws IOException if there is no such directory, or it cannot be read
     */
    List<String> list(String directory) throws IOException;

    /**
     * A directory as {@code $_PWD} shows it.
     *
     * @param directory empty for the one that paths are relative to
     */
    String absolute(String directory);

    /** The files of this host. */
    static ConfigFiles ofThisHost() {
        return new DiskFiles("");
    }

    /** The files of this host under a directory that takes the place of {@code /}, such as {@code /proc/PID/root}. */
    static ConfigFiles under(String root) {
        return new DiskFiles(root);
    }
}
