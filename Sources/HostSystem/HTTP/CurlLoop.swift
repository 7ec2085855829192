import CCurl
import Diagnostics
import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The thread that runs all transfers of libcurl while there are any; connections are reused.
final class CurlLoop: Sendable {
    /// A requested transfer, which the thread of the loop starts.
    struct Order: Sendable {
        private static let made = Atomic(0)

        /// The request to send.
        let request: HTTPRequest
        /// The settings from the environment.
        let settings: CurlTransport.Settings
        let sink: any TransferSink
        /// A number that is unique in the process.
        let identifier: Int

        /// Creates an order for a request.
        init(request: HTTPRequest, settings: CurlTransport.Settings, sink: any TransferSink) {
            self.request = request
            self.settings = settings
            self.sink = sink
            identifier = Self.made.add(1, ordering: .relaxed).newValue
        }
    }

    private typealias Continuation = CheckedContinuation<Void, any Error>

    private struct State {
        var added: [(order: Order, continuation: Continuation)] = []
        /// The orders whose tasks were cancelled before their transfers ended.
        var cancelled: Set<Int> = []
        var isRunning = false
    }

    /// A transfer that is in progress.
    private struct Running {
        let transfer: CurlTransfer
        let order: Order
        let continuation: Continuation
    }

    private let state = Mutex(State())
    private let multi = Mutex<MultiHandle?>(nil)
    private let queue = DispatchQueue(label: "furoshiki.http")

    /// Starts a transfer; the continuation is resumed when it ends.
    func add(_ order: Order, _ continuation: CheckedContinuation<Void, any Error>) {
        let startsThread = state.withLock { state in
            state.added.append((order, continuation))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if startsThread { queue.async { self.run() } } else { wakeUp() }
    }

    /// Cancels a transfer, even one that is added later; does nothing if it has ended.
    func cancel(_ order: Order) {
        state.withLock { _ = $0.cancelled.insert(order.identifier) }
        wakeUp()
    }

    private func wakeUp() {
        multi.withLock { $0 }?.wakeUp()
    }

    private func run() {
        let handle = multi.withLock { multi in
            if multi == nil, CurlGlobal.isReady { multi = MultiHandle() }
            return multi
        }
        // Otherwise, SIGPIPE could end the process if a server closes the connection.
        var pipeSignal = sigset_t()
        sigemptyset(&pipeSignal)
        sigaddset(&pipeSignal, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipeSignal, nil)
        var running: [UnsafeMutableRawPointer: Running] = [:]
        while takeOrders(&running, handle) {
            guard let handle else { continue }
            var count: Int32 = 0
            libcurl_multi_perform(handle.pointer, &count)
            finish(&running, handle)
            if !running.isEmpty { libcurl_multi_poll(handle.pointer, nil, 0, 1000, nil) }
        }
    }

    /// Starts transfers that were added and removes those that were cancelled.
    ///
    /// - Returns: whether there are transfers; if not, the thread ends.
    private func takeOrders(_ running: inout [UnsafeMutableRawPointer: Running], _ handle: MultiHandle?) -> Bool {
        let (added, cancelled, goesOn) = state.withLock { state in
            let added = state.added
            state.added = []
            if running.isEmpty, added.isEmpty { state.isRunning = false }
            return (added, state.cancelled, state.isRunning)
        }
        for (order, continuation) in added {
            do {
                guard let handle else { throw HTTPError.noLibrary(order.request.address) }
                let transfer = try CurlTransfer(order.request, settings: order.settings, sink: order.sink)
                running[transfer.easy] = Running(transfer: transfer, order: order, continuation: continuation)
                libcurl_multi_add_handle(handle.pointer, transfer.easy)
            } catch {
                end(order, continuation, .failure(error))
            }
        }
        if !cancelled.isEmpty {
            for (easy, item) in running where cancelled.contains(item.order.identifier) {
                libcurl_multi_remove_handle(handle?.pointer, easy)
                running[easy] = nil
                end(item.order, item.continuation, .failure(CancellationError()))
            }
        }
        return goesOn
    }

    private func finish(_ running: inout [UnsafeMutableRawPointer: Running], _ handle: MultiHandle) {
        var remaining: Int32 = 0
        while let message = libcurl_multi_info_read(handle.pointer, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = curl_message_result(message)
            libcurl_multi_remove_handle(handle.pointer, easy)
            guard let item = running.removeValue(forKey: easy) else { continue }
            end(item.order, item.continuation, item.transfer.outcome(code))
        }
    }

    private func end(_ order: Order, _ continuation: Continuation, _ outcome: Result<Void, any Error>) {
        state.withLock { _ = $0.cancelled.remove(order.identifier) }
        continuation.resume(with: outcome)
    }
}

/// The global state of libcurl.
enum CurlGlobal {
    /// Whether libcurl has been loaded and initialized, which happens at the first access.
    static let isReady = libcurl_is_there() != 0 && libcurl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// A multi handle of libcurl: a set of transfers that share connections.
private final class MultiHandle: Sendable {
    // The pointer never changes. Only the thread of the loop passes it to libcurl, except in `wakeUp`, which libcurl
    // allows on any thread (curl_multi_wakeup(3)). Callers of `wakeUp` hold a reference to this object, so that `deinit`
    // cannot run at the same time.
    nonisolated(unsafe) let pointer: UnsafeMutableRawPointer?

    /// Creates an empty set; libcurl must have been initialized.
    init() {
        pointer = libcurl_multi_init()
        curl_multi_set_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        curl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, 32)
    }

    deinit { libcurl_multi_cleanup(pointer) }

    /// Wakes the thread of the loop; the only call that libcurl allows from other threads.
    func wakeUp() { libcurl_multi_wakeup(pointer) }
}
