import Glibc

/// A thread of its own for one connection, so that libpq may block without stopping Swift's few cooperative threads.
///
/// Jobs run in the order in which they came. After `stop()` the thread ends as soon as it has nothing to do; a job that
/// comes later still runs, on a thread that lives no longer than that job, so that no caller waits for ever.
final class ThreadExecutor: SerialExecutor, @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let name: String
    // All guarded by the mutex.
    private var jobs: [UnownedJob] = []
    private var running = false
    private var stopping = false
    private var waiting = false
    private var thread: pthread_t?

    /// `name` is what tools show for the thread; the kernel keeps 15 bytes.
    init(name: String) {
        self.name = name
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(mutex)
        jobs.append(job)
        let start = !running
        let wake = waiting
        if start { running = true }
        pthread_mutex_unlock(mutex)
        if start { startThread() } else if wake { pthread_cond_signal(condition) }
    }

    /// Lets the thread end once its queue is empty.
    func stop() {
        pthread_mutex_lock(mutex)
        stopping = true
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(condition)
    }

    func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the connection's thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false
    }

    private func startThread() {
        var created: pthread_t = 0
        let code = pthread_create(
            &created, nil,
            { context in
                Unmanaged<ThreadExecutor>.fromOpaque(context!).takeRetainedValue().loop()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        // The jobs would wait for ever; a process that may start no thread cannot go on.
        precondition(code == 0, "no thread for a database connection: error \(code)")
        pthread_detach(created)
    }

    private func loop() {
        nameThread(name)
        var batch: [UnownedJob] = []
        pthread_mutex_lock(mutex)
        thread = pthread_self()
        while true {
            while jobs.isEmpty, !stopping {
                waiting = true
                pthread_cond_wait(condition, mutex)
                waiting = false
            }
            if jobs.isEmpty { break }
            swap(&jobs, &batch)
            pthread_mutex_unlock(mutex)
            for job in batch { job.runSynchronously(on: asUnownedSerialExecutor()) }
            batch.removeAll(keepingCapacity: true)
            pthread_mutex_lock(mutex)
        }
        running = false
        thread = nil
        pthread_mutex_unlock(mutex)
    }
}

/// Names the calling thread for `top`, `perf` and the like. No name is no harm.
func nameThread(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    let bytes = Array(name.utf8.prefix(15))
    _ = write(file, bytes, bytes.count)
    close(file)
}
