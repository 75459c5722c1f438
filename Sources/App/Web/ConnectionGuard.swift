import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Cuts off clients that hold a connection without using it: slow headers, slow bodies, readers that have stopped.
///
/// Hummingbird has no limit by default and its idle timeout truncates an honest slow download, because it starts when
/// the answer is queued, not when it is flushed. This handler looks at progress instead: a slow reader keeps its
/// connection as long as bytes keep leaving.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request's head must be here this soon after the connection opens.
    static let headWithin = TimeAmount.seconds(10)
    /// Between requests a browser may keep a connection open this long.
    static let idleWithin = TimeAmount.seconds(75)
    /// The whole body must follow its head this soon: our largest form needs a line of 140 kbit/s.
    static let bodyWithin = TimeAmount.seconds(30)
    /// A file may take longer, as long as this many bytes of it come in every such interval: 70 kbit/s ...
    static let bytesOfFile = 256 * 1024
    /// ... and it is here whole after this long: the largest needs 90 kbit/s.
    static let fileWithin = TimeAmount.minutes(15)
    /// While an answer is being sent, some of it must leave in every such interval.
    static let progressWithin = TimeAmount.seconds(20)
    private static let looks = 4

    /// A request's head has come and its end has not.
    private var arriving = false
    /// Requests whose head has come and whose answer has not left whole: more than one when a client pipelines.
    private var unanswered = 0
    private var timer: Scheduled<Void>?
    /// While a form with a file arrives: when it must be here, and how much came since it was last given more time.
    private var fileBy: NIODeadline?
    private var fresh = 0

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { close(context, after: Self.headWithin) }
    }

    func channelActive(context: ChannelHandlerContext) {
        close(context, after: Self.headWithin)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            arriving = true
            unanswered += 1
            let isFile = request.headerFields[.contentType]?.lowercased().hasPrefix("multipart/form-data") == true
            fileBy = isFile ? .now() + Self.fileWithin : nil
            fresh = 0
            close(context, after: Self.bodyWithin)
        case .body(let bytes):
            fresh += bytes.readableBytes
            if let fileBy, fresh >= Self.bytesOfFile {
                fresh = 0
                close(context, after: min(Self.bodyWithin, max(.zero, fileBy - .now())))
            }
        case .end:
            arriving = false
            fileBy = nil
            waitOn(context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            let flushed = promise ?? context.eventLoop.makePromise()
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            flushed.futureResult.whenComplete { _ in
                let (handler, context) = bound.value
                handler.unanswered = max(0, handler.unanswered - 1)
                handler.waitOn(context)
            }
            context.write(data, promise: flushed)
        } else {
            waitOn(context)
            context.write(data, promise: promise)
        }
    }

    /// What is waited for now. A request that is still arriving keeps its time, however early it is answered: a body
    /// that drips on after a 404 would otherwise hold its connection for ever.
    private func waitOn(_ context: ChannelHandlerContext) {
        if arriving || !context.channel.isActive { return }
        if unanswered > 0 { watchProgress(context) } else { close(context, after: Self.idleWithin) }
    }

    /// Looks four times in each interval. What is written while nobody looks counts as progress, once: the first look
    /// only learns how much waits to leave.
    private func watchProgress(_ context: ChannelHandlerContext, buffered: Int = .max, idle: Int = 0) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer?.cancel()
        timer = context.eventLoop.scheduleTask(in: .nanoseconds(Self.progressWithin.nanoseconds / Int64(Self.looks))) {
            let (handler, context) = bound.value
            guard context.channel.isActive else { return }
            let now = Self.buffered(context)
            // Nothing in the buffer: the server is thinking, not the reader sleeping.
            let stands = now > 0 && now >= buffered
            if stands, idle == Self.looks - 1 { return context.close(promise: nil) }
            handler.watchProgress(context, buffered: now, idle: stands ? idle + 1 : 0)
        }
    }

    private static func buffered(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    private func close(_ context: ChannelHandlerContext, after delay: TimeAmount) {
        timer?.cancel()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: delay) { bound.value.close(promise: nil) }
    }
}
