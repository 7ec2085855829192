import CCurl
import Diagnostics
import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The one thread on which libcurl's transfers run, while there are any; connections are kept between them.
final class CurlLoop: Sendable {
    /// A transfer that is asked for; the loop's thread makes it.
    struct Order: Sendable {
        private static let made = Atomic(0)

        let request: HTTPRequest
        let settings: CurlTransport.Settings
        let sink: any TransferSink
        /// What no other order of this process has, not even after this one has ended.
        let identifier: Int

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
        /// The orders whose tasks were cancelled before the loop told their end.
        var cancelled: Set<Int> = []
        var isRunning = false
    }

    /// A transfer that libcurl works on.
    private struct Running {
        let transfer: CurlTransfer
        let order: Order
        let continuation: Continuation
    }

    private let state = Mutex(State())
    private let multi = Mutex<MultiHandle?>(nil)
    private let queue = DispatchQueue(label: "furoshiki.http")

    /// Begins a transfer; the continuation is resumed when it has ended.
    func add(_ order: Order, _ continuation: CheckedContinuation<Void, any Error>) {
        let startsThread = state.withLock { state in
            state.added.append((order, continuation))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if startsThread { queue.async { self.run() } } else { wakeUp() }
    }

    /// Ends a transfer early, also one that is added later; one that has ended is left alone.
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
        // Without this a peer that hangs up could end the process.
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

    /// Takes over what was added and removes what was cancelled.
    ///
    /// - Returns: whether there is anything to do; where not, the thread has given up its role.
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

/// libcurl's state of the whole process.
enum CurlGlobal {
    /// Whether libcurl could be loaded and set up, which happens once, when this is first asked.
    static let isReady = libcurl_is_there() != 0 && libcurl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// libcurl's set of transfers, with the connections that they share.
private final class MultiHandle: Sendable {
    // Unsafe only to the compiler, which knows nothing of pointers' owners: the pointer never changes, only the loop's
    // thread gives it to libcurl but in `wakeUp`, which libcurl allows on any thread (curl_multi_wakeup(3)), and whoever
    // calls that holds this object, so that `deinit` cannot come in between.
    nonisolated(unsafe) let pointer: UnsafeMutableRawPointer?

    /// Makes an empty set; libcurl is ready.
    init() {
        pointer = libcurl_multi_init()
        curl_multi_set_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        curl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, 16)
    }

    deinit { libcurl_multi_cleanup(pointer) }

    /// Ends the wait of the loop's thread: the one call that libcurl allows from other threads.
    func wakeUp() { libcurl_multi_wakeup(pointer) }
}
