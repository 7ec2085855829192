import CCurl
import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The one thread on which libcurl's transfers run, while there are any; connections are kept between them.
final class CurlLoop: Sendable {
    private struct State {
        var added: [(CurlTransfer, CheckedContinuation<Void, any Error>)] = []
        var cancelled: Set<ObjectIdentifier> = []
        var isRunning = false
    }

    private let state = Mutex(State())
    private let multi = Mutex<MultiHandle?>(nil)
    private let queue = DispatchQueue(label: "furoshiki.http")

    /// Begins a transfer; the continuation is resumed when it has ended.
    func add(_ transfer: CurlTransfer, _ continuation: CheckedContinuation<Void, any Error>) {
        let startsThread = state.withLock { state in
            state.added.append((transfer, continuation))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if startsThread { queue.async { self.run() } } else { wakeUp() }
    }

    /// Ends a transfer early; one that has not begun or has ended is left alone by the thread.
    func cancel(_ transfer: CurlTransfer) {
        state.withLock { _ = $0.cancelled.insert(ObjectIdentifier(transfer)) }
        wakeUp()
    }

    private func wakeUp() {
        // Only the pointer is read under the lock: waking is the one call that libcurl allows from other threads.
        if let handle = multi.withLock({ $0 }) { libcurl_multi_wakeup(handle.pointer) }
    }

    private func run() {
        let handle = multi.withLock { multi in
            let handle = multi ?? MultiHandle()
            multi = handle
            return handle
        }
        // Without this a peer that hangs up could end the process.
        var pipeSignal = sigset_t()
        sigemptyset(&pipeSignal)
        sigaddset(&pipeSignal, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipeSignal, nil)
        var active: [UnsafeMutableRawPointer: (CurlTransfer, CheckedContinuation<Void, any Error>)] = [:]
        while takeOrders(&active, handle) {
            var running: Int32 = 0
            libcurl_multi_perform(handle.pointer, &running)
            finish(&active, handle)
            if !active.isEmpty { libcurl_multi_poll(handle.pointer, nil, 0, 1000, nil) }
        }
    }

    /// Takes over what was added and removes what was cancelled.
    ///
    /// - Returns: whether there is anything to do; where not, the thread has given up its role.
    private func takeOrders(
        _ active: inout [UnsafeMutableRawPointer: (CurlTransfer, CheckedContinuation<Void, any Error>)],
        _ handle: MultiHandle
    ) -> Bool {
        let (added, cancelled, goesOn) = state.withLock { state in
            let orders = (state.added, state.cancelled)
            state.added = []
            state.cancelled = []
            if active.isEmpty, orders.0.isEmpty { state.isRunning = false }
            return (orders.0, orders.1, state.isRunning)
        }
        for (transfer, continuation) in added {
            active[transfer.easy] = (transfer, continuation)
            libcurl_multi_add_handle(handle.pointer, transfer.easy)
        }
        if !cancelled.isEmpty {
            for (easy, (transfer, continuation)) in active where cancelled.contains(ObjectIdentifier(transfer)) {
                libcurl_multi_remove_handle(handle.pointer, easy)
                active[easy] = nil
                continuation.resume(throwing: CancellationError())
            }
        }
        return goesOn
    }

    private func finish(
        _ active: inout [UnsafeMutableRawPointer: (CurlTransfer, CheckedContinuation<Void, any Error>)],
        _ handle: MultiHandle
    ) {
        var remaining: Int32 = 0
        while let message = libcurl_multi_info_read(handle.pointer, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = curl_message_result(message)
            libcurl_multi_remove_handle(handle.pointer, easy)
            guard let (transfer, continuation) = active.removeValue(forKey: easy) else { continue }
            continuation.resume(with: transfer.outcome(code))
        }
    }
}

/// libcurl's state of the whole process.
enum CurlGlobal {
    /// Whether libcurl could be loaded and set up, which happens once, when this is first asked.
    static let isReady = libcurl_is_there() != 0 && libcurl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// libcurl's set of transfers, with the connections that they share.
private final class MultiHandle: @unchecked Sendable {
    // Sendable: the pointer never changes; all calls but `curl_multi_wakeup`, which libcurl allows from any thread,
    // are made by the one thread that runs the loop.
    let pointer: UnsafeMutableRawPointer?

    init() {
        // A transfer was made before, so libcurl is ready.
        pointer = libcurl_multi_init()
        curl_multi_set_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        curl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, 16)
    }

    deinit { libcurl_multi_cleanup(pointer) }
}
