package org.vrrp4j.protocol;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** How much a machine remembers: looks into all of its objects, so that a new list or map is found too. */
final class Remembered {
    private static final String PACKAGE = RouterMachine.class.getPackageName();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int most;

    private Remembered() {}

    /** The number of entries of the largest collection, effects of the last step aside. */
    static int most(RouterMachine machine) {
        Remembered remembered = new Remembered();
        remembered.visit(machine);
        return remembered.most;
    }

    private void visit(Object object) {
        if (object == null || !seen.add(object)) {
            return;
        }
        if (object instanceof Collection<?> collection) {
            boolean isEffects = !collection.isEmpty() && collection.iterator().next() instanceof Effect;
            most = isEffects ? most : Math.max(most, collection.size());
            collection.forEach(this::visit);
        } else if (object instanceof Map<?, ?> map) {
            most = Math.max(most, map.size());
            map.forEach((key, value) -> {
                visit(key);
                visit(value);
            });
        } else if (object.getClass().getPackageName().equals(PACKAGE) && !(object instanceof Enum)) {
            for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                visitFields(object, type);
            }
        }
    }

    private void visitFields(Object object, Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                try {
                    visit(field.get(object));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
