import Foundation
import Testing

@testable import Linkage

/// The check in pieces finds what reading the whole file finds.
@Suite("Encoded files, checked as they come") struct EncodedFileCheckTests {
    private func check(_ bytes: [UInt8], _ size: Int) throws(EncodedFile.Problem) -> EncodedFileCheck.Checked {
        var check = EncodedFileCheck(), at = 0
        while at < bytes.count {
            try check.take(Array(bytes[at..<min(bytes.count, at + size)]))
            at += size
        }
        return try check.finish()
    }

    private func problem(_ bytes: [UInt8], _ size: Int) -> EncodedFile.Problem? {
        do throws(EncodedFile.Problem) {
            _ = try check(bytes, size)
            return nil
        } catch { return error }
    }

    @Test(arguments: EncodingMode.allCases, [1, 7, 64, 100_000])
    func `a whole file says what it says when it is read whole`(_ mode: EncodingMode, _ size: Int) throws {
        let made = try InventedPeople.encoded(InventedPeople(60, seed: 1).csv, mode)
        let (checked, whole) = (try check(made, size), try EncodedFile(made))
        #expect(checked.header == whole.header && checked.mode == whole.mode && checked.count == whole.count)
        #expect(checked.keyID == whole.keyID)
        #expect(EncodedFileCheck.isBegun(by: made) && !EncodedFileCheck.isBegun(by: Array("record_id".utf8)))
    }

    /// A header is anybody's to write: numbers in it must not overflow whoever counts with them.
    @Test(arguments: [-1, 10_001, Int.min, Int.max]) func `rates that can't be are refused`(_ number: Int) throws {
        func profile(_ missing: Int, _ newYears: Int) throws -> EncodedProfile {
            try JSONDecoder().decode(EncodedProfile.self, from: Data("""
                {"fields": {"dob": {"missing": \(missing), "unknown": 0, "unreadable": 0}}, "newYears": \(newYears)}
                """.utf8))
        }
        #expect(try !profile(number, 0).isPossible && !profile(0, number).isPossible && profile(10_000, 0).isPossible)
    }

    @Test(arguments: [13, 100_000]) func `a file that is cut, continued or changed is told as that`(_ size: Int) throws {
        let made = try InventedPeople.encoded(InventedPeople(60, seed: 1).csv)
        for cut in [8, 20, 60, 700, made.count / 2, made.count - 1] {
            #expect(problem(Array(made.prefix(cut)), size) == .truncated, "cut at \(cut)")
        }
        #expect(problem(made + [0], size) == .longer)
        #expect(problem(Array("record_id,agency\n1,2\n and so on for a while\n".utf8), size) == .other)
        for place in [made.count - 1_500, made.count - 70, made.count - 40, made.count - 1] {
            var changed = made
            changed[place] ^= 4
            #expect(problem(changed, size) == .altered, "changed at \(place)")
        }
        var newer = made
        newer[8] = 9
        #expect(problem(newer, size) == .newer(9))
    }
}
