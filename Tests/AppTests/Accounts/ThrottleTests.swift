import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Waiting after failed sign-ins")
struct ThrottleTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let all = [Throttle.account, .knownDevice, .address]

    /// Guesses that get through when the guesser tries the moment each wait ends.
    private func guesses(_ throttle: Throttle, seconds: Int) -> Int {
        var (failures, last, now, tried) = (0, Date?.none, start, 0)
        while now < start + Double(seconds) {
            let wait = throttle.wait(failures: failures, lastFailureAt: last, now: now)
            if wait > 0 {
                now += Double(wait)
                continue
            }
            failures = throttle.failuresAfterAnother(failures: failures, lastFailureAt: last, now: now)
            (last, tried) = (now, tried + 1)
            now += 0.1
        }
        return tried
    }

    @Test("Mistyping a few times costs nothing")
    func free() {
        for throttle in Self.all {
            for failures in 0...throttle.free {
                #expect(throttle.wait(failures: failures, lastFailureAt: start, now: start) == 0)
            }
            #expect(throttle.wait(failures: throttle.free + 1, lastFailureAt: start, now: start) == throttle.first)
        }
        #expect(Throttle.account.wait(failures: 0, lastFailureAt: nil, now: start) == 0)
    }

    @Test("Each further failure doubles the wait, up to the ceiling, for any count")
    func growth() {
        for throttle in Self.all {
            var previous = 0
            for failures in Array(0...200) + [Int.max / 2] {
                let wait = throttle.wait(failures: failures, lastFailureAt: start, now: start)
                #expect(wait >= previous && wait <= throttle.ceiling)
                #expect(wait == throttle.ceiling || wait == previous * 2 || previous == 0)
                previous = wait
            }
            #expect(previous == throttle.ceiling)
        }
    }

    @Test("Waiting shortens the wait second by second until it is over")
    func waiting() {
        let account = Throttle.account
        #expect(account.wait(failures: 8, lastFailureAt: start, now: start) == 8)
        #expect(account.wait(failures: 8, lastFailureAt: start, now: start + 3) == 5)
        #expect(account.wait(failures: 8, lastFailureAt: start, now: start + 7.9) == 1)
        #expect(account.wait(failures: 8, lastFailureAt: start, now: start + 8) == 0)
    }

    @Test("Quiet time is forgiven bit by bit, and in the end all of it")
    func forgiving() {
        let account = Throttle.account
        #expect(account.remembered(failures: 6, lastFailureAt: start, now: start + 3_599) == 6)
        #expect(account.remembered(failures: 6, lastFailureAt: start, now: start + 3_600) == 5)
        #expect(account.remembered(failures: 6, lastFailureAt: start, now: start + 1e12) == 0)
        #expect(account.failuresAfterAnother(failures: 6, lastFailureAt: start, now: start + 7_200) == 5)
        #expect(account.failuresAfterAnother(failures: 0, lastFailureAt: nil, now: start) == 1)
    }

    @Test("A clock set back makes nobody wait longer than the delay itself")
    func clock() {
        #expect(Throttle.account.wait(failures: 8, lastFailureAt: start, now: start - 86_400) == 8)
    }

    @Test("A patient guesser gets few tries in a day, however many addresses it has")
    func guessing() {
        #expect(guesses(.account, seconds: 86_400) <= 120)
        #expect(guesses(.knownDevice, seconds: 86_400) <= 400)
        #expect(guesses(.address, seconds: 86_400) <= 3_000)
    }

    @Test("Nobody is locked out: no wait is longer than a quarter of an hour, five minutes on a known device")
    func noLockout() {
        for throttle in Self.all {
            let wait = throttle.wait(failures: 1_000, lastFailureAt: start, now: start)
            #expect(wait <= 900)
            #expect(throttle.wait(failures: 1_000, lastFailureAt: start, now: start + Double(wait)) == 0)
        }
        #expect(Throttle.knownDevice.wait(failures: 1_000, lastFailureAt: start, now: start) <= 300)
    }
}
