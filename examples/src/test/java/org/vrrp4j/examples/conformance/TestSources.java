package org.vrrp4j.examples.conformance;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Finds the test methods of all modules in their sources, as the compiler reads them, and the scenario files. */
final class TestSources {
    private static final Set<String> TEST = Set.of("Test", "ParameterizedTest", "RepeatedTest");
    private static final Set<String> LABEL = Set.of("DisplayName", "Tag");

    private TestSources() {}

    /** All tests below {@code MODULE/src/test} for every module of a repository; disabled ones are none. */
    static List<NamedTest> read(Path root) throws IOException {
        List<NamedTest> result = new ArrayList<>();
        List<Path> modules;
        try (Stream<Path> entries = Files.list(root)) {
            modules = entries.toList();
        }
        List<Path> sources = new ArrayList<>();
        for (Path module : modules) {
            sources.addAll(files(module.resolve("src/test/java"), ".java"));
            for (Path scenario : files(module.resolve("src/test/resources"), ".scenario")) {
                result.add(scenario(root, scenario));
            }
        }
        if (!sources.isEmpty()) {
            parse(root, sources, result);
        }
        return result.stream().sorted().toList();
    }

    private static void parse(Path root, List<Path> sources, List<NamedTest> result) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                String file =
                        root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
                unit.accept(new Finder(file, result), List.of());
            }
        }
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static NamedTest scenario(Path root, Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            List<String> comments = lines.filter(line -> line.startsWith("#")).toList();
            return new NamedTest(
                    root.relativize(file).toString(), file.getFileName().toString(), "", comments);
        }
    }

    /** Goes through one file; carries the labels of the classes around along. */
    private static final class Finder extends TreeScanner<Void, List<String>> {
        private final String file;
        private final List<NamedTest> found;
        private String type = "";

        Finder(String file, List<NamedTest> found) {
            this.file = file;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree tree, List<String> around) {
            String outer = type;
            type = outer.isEmpty() ? tree.getSimpleName().toString() : outer + "." + tree.getSimpleName();
            List<String> labels = new ArrayList<>(around);
            labels.addAll(labels(tree.getModifiers()));
            if (!has(tree.getModifiers(), Set.of("Disabled"))) {
                super.visitClass(tree, labels);
            }
            type = outer;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, List<String> around) {
            ModifiersTree modifiers = tree.getModifiers();
            if (has(modifiers, TEST) && !has(modifiers, Set.of("Disabled"))) {
                List<String> labels = new ArrayList<>(around);
                labels.addAll(labels(modifiers));
                found.add(new NamedTest(file, type, tree.getName().toString(), List.copyOf(labels)));
            }
            return null;
        }
    }

    private static boolean has(ModifiersTree modifiers, Set<String> names) {
        return modifiers.getAnnotations().stream().anyMatch(each -> names.contains(name(each)));
    }

    private static List<String> labels(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> LABEL.contains(name(annotation)))
                .map(annotation -> text(annotation.getArguments().get(0)))
                .toList();
    }

    private static String name(AnnotationTree annotation) {
        return annotation.getAnnotationType().toString();
    }

    /** A string literal, or several with a plus between them. */
    private static String text(ExpressionTree expression) {
        if (expression instanceof AssignmentTree assignment) {
            return text(assignment.getExpression());
        }
        if (expression instanceof BinaryTree sum) {
            return text(sum.getLeftOperand()) + text(sum.getRightOperand());
        }
        if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
            return text;
        }
        throw new UncheckedIOException(new IOException("only string literals can be read: " + expression));
    }
}
