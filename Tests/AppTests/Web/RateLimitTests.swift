import Crypto
import Foundation
import Testing

@testable import App
@testable import AppTestSupport

@Suite struct LimitingRates {
    private let limit = RateLimit(key: SymmetricKey(size: .bits256))
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test func letsAPersonWorkAndStopsAMachine() {
        for _ in 0..<RateLimit.perAccount { #expect(limit.count(.account, "a", now: start) == nil) }
        #expect(limit.count(.account, "a", now: start.addingTimeInterval(4)) == 6)
    }

    @Test func countsEachAccountApart() {
        for _ in 0...RateLimit.perAccount { _ = limit.count(.account, "a", now: start) }
        #expect(limit.count(.account, "b", now: start) == nil)
    }

    @Test func forgetsAfterTenSeconds() {
        for _ in 0...RateLimit.perAccount { _ = limit.count(.account, "a", now: start) }
        #expect(limit.count(.account, "a", now: start.addingTimeInterval(10)) == nil)
    }

    @Test func allowsAnOfficeBehindOneAddressMoreThanOnePerson() {
        for _ in 0..<RateLimit.perAddress { #expect(limit.count(.address, "a", now: start) == nil) }
        #expect(limit.count(.address, "a", now: start) != nil)
    }
}
