package org.vrrp4j.sim;

import java.util.Arrays;

/** Tasks, ordered by time and then by when they were added: a binary heap. */
final class TaskQueue {
    private Task[] heap = new Task[64];
    private int size;
    private long sequence;

    void add(Task task, long atNanos) {
        task.atNanos = atNanos;
        task.sequence = sequence++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        siftUp(task);
        size++;
    }

    private void siftUp(Task task) {
        int index = size;
        while (index > 0) {
            int parent = (index - 1) / 2;
            if (!task.isBefore(heap[parent])) {
                break;
            }
            heap[index] = heap[parent];
            index = parent;
        }
        heap[index] = task;
    }

    /** The next task, or null. */
    Task peek() {
        return heap[0];
    }

    /** Takes the next task; there must be one. */
    Task poll() {
        Task first = heap[0];
        size--;
        Task last = heap[size];
        heap[size] = null;
        if (size > 0) {
            siftDown(last);
        }
        return first;
    }

    private void siftDown(Task task) {
        int index = 0;
        for (int child = 1; child < size; child = 2 * index + 1) {
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (task.isBefore(heap[child])) {
                break;
            }
            heap[index] = heap[child];
            index = child;
        }
        heap[index] = task;
    }
}
