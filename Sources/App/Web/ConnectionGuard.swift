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
    /// While an answer is being sent, some of it must leave in every such interval.
    static let progressWithin = TimeAmount.seconds(20)

    private enum Waiting { case head, body, answer }
    private var waiting = Waiting.head
    private var timer: Scheduled<Void>?
    private var buffered = 0

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { schedule(Self.headWithin, context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        schedule(Self.headWithin, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            waiting = .body
            schedule(Self.bodyWithin, context)
        case .body: break
        case .end:
            waiting = .answer
            timer?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            let flushed = promise ?? context.eventLoop.makePromise()
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            flushed.futureResult.whenComplete { _ in
                let (handler, context) = bound.value
                handler.waiting = .head
                handler.schedule(Self.idleWithin, context)
            }
            context.write(data, promise: flushed)
        } else {
            if waiting != .body { watchProgress(context) }
            context.write(data, promise: promise)
        }
    }

    private func watchProgress(_ context: ChannelHandlerContext) {
        buffered = Self.buffered(context)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer?.cancel()
        timer = context.eventLoop.scheduleTask(in: Self.progressWithin) {
            let (handler, context) = bound.value
            guard handler.waiting == .answer else { return }
            let now = Self.buffered(context)
            // Nothing in the buffer: the server is thinking, not the reader sleeping.
            if now > 0, now >= handler.buffered { return context.close(promise: nil) }
            handler.watchProgress(context)
        }
    }

    private static func buffered(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    private func schedule(_ delay: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: delay) {
            let (handler, context) = bound.value
            if handler.waiting != .answer { context.close(promise: nil) }
        }
    }
}
