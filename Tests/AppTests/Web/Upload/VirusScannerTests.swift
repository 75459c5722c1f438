import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The virus scanner is asked over clamd's socket")
struct VirusScannerTests {
    /// Several pieces, the last of them a short one.
    private static let file = (0..<200_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    @Test func `a file arrives there whole, and what is found is harmful`() async throws {
        try await FakeClamd.behaving(.honest()) { clamd in
            #expect(await clamd.scanner.verdict(on: Self.file) == .clean)
            #expect(await clamd.scanner.verdict(on: FakeClamd.eicar) == .harmful)
            #expect(clamd.received == [Self.file, FakeClamd.eicar])
            #expect(await clamd.scanner.ping() == nil)
        }
    }

    @Test(arguments: [
        ("stream: OK", VirusScanner.Verdict.clean), ("stream: Win.Test(44d8:68) FOUND", .harmful),
        ("stream: not OK ERROR", .unknown(.said("stream: not OK ERROR"))),
        ("INSTREAM size limit exceeded. ERROR", .unknown(.tooLarge)),
        ("", .unknown(.said(""))), ("OK", .unknown(.said("OK"))), ("stream: OK\n", .unknown(.said("stream: OK?"))),
        ("stream: ok", .unknown(.said("stream: ok"))), ("UNKNOWN COMMAND", .unknown(.said("UNKNOWN COMMAND"))),
        ("\u{1B}[2J", .unknown(.said("?[2J"))),
    ])
    func `only its own two sentences are an answer`(_ reply: String, _ verdict: VirusScanner.Verdict) async throws {
        try await FakeClamd.behaving(.says(reply)) { clamd in
            #expect(await clamd.scanner.verdict(on: Self.file) == verdict)
        }
    }

    @Test func `one that hangs up, talks without end or talks too soon has not answered`() async throws {
        try await FakeClamd.behaving(.hangsUp) { clamd in
            #expect(await clamd.scanner.verdict(on: Self.file) == .unknown(.hungUp))
            #expect(await clamd.scanner.ping() == .hungUp)
        }
        try await FakeClamd.behaving(.endless) { clamd in
            #expect(await clamd.scanner.verdict(on: Self.file) == .unknown(.said("more than makes sense")))
        }
        // More than a socket holds: it can't have been given all of it.
        let long = [UInt8](repeating: 1, count: Upload.largest)
        try await FakeClamd.behaving(.hasty("stream: OK")) { clamd in
            #expect(await clamd.scanner.verdict(on: long) == .unknown(.hungUp))
        }
        try await FakeClamd.behaving(.honest(largest: 1_000_000)) { clamd in
            #expect(await clamd.scanner.verdict(on: long) == .unknown(.tooLarge))
            #expect(await clamd.scanner.verdict(on: Self.file) == .clean)
        }
    }

    @Test func `one that does not answer is given up in time`() async throws {
        let long = [UInt8](repeating: 1, count: Upload.largest)
        try await FakeClamd.behaving(.silent) { clamd in
            let scanner = clamd.scanner(patience: .milliseconds(150))
            #expect(await scanner.verdict(on: Self.file) == .unknown(.tooSlow))
            #expect(await scanner.ping() == .tooSlow)
        }
        try await FakeClamd.behaving(.deaf) { clamd in
            #expect(await clamd.scanner(patience: .milliseconds(150)).verdict(on: long) == .unknown(.tooSlow))
        }
    }

    @Test func `whoever goes away waits no longer`() async throws {
        try await FakeClamd.behaving(.silent) { clamd in
            let scanner = clamd.scanner(patience: .seconds(600))
            let scan = Task { await scanner.verdict(on: Self.file) }
            scan.cancel()
            #expect(await scan.value == .unknown(.tooSlow))
        }
    }

    @Test func `many that wait stop nobody else`() async throws {
        try await FakeClamd.behaving(.held) { clamd in
            let scanner = clamd.scanner(patience: .seconds(120))
            let count = ProcessInfo.processInfo.activeProcessorCount * 3
            await withTaskGroup(of: VirusScanner.Verdict.self) { group in
                for _ in 0..<count { group.addTask { await scanner.verdict(on: Self.file) } }
                // If these waited on Swift's own threads, nobody would come to let them go.
                group.addTask {
                    while clamd.received.count < count { try? await Task.sleep(for: .milliseconds(2)) }
                    clamd.answer()
                    return .clean
                }
                for await verdict in group { #expect(verdict == .clean) }
            }
        }
    }

    @Test func `nothing at the socket is trouble where one is named, and no scanner where none is`() async throws {
        let path = "/tmp/clamd-\(UUID().uuidString.prefix(8))"
        #expect(await VirusScanner(.socket(path)).verdict(on: Self.file) == .unknown(.unreachable(ENOENT)))
        let long = "/tmp/" + String(repeating: "x", count: 200)
        #expect(await VirusScanner(.socket(long)).verdict(on: Self.file) == .unknown(.unreachable(ENAMETOOLONG)))
        #expect(await VirusScanner(.usual, usual: path).verdict(on: Self.file) == .unasked)
        #expect(await VirusScanner.off.verdict(on: FakeClamd.eicar) == .unasked)
        #expect(await VirusScanner.off.ping() == nil)
    }

    @Test func `one that is seen after the start is asked, and may not leave unnoticed`() async throws {
        let scanner = try await FakeClamd.behaving(.honest()) { clamd in
            let scanner = VirusScanner(.usual, usual: clamd.path)
            #expect(await scanner.verdict(on: FakeClamd.eicar) == .harmful)
            return scanner
        }
        #expect(await scanner.verdict(on: Self.file) == .unknown(.unreachable(ENOENT)))
    }

    @Test func `the configuration names its socket, or says none; anything else is no configuration`() throws {
        func choice(_ line: String) throws -> VirusScanner.Choice {
            try Settings(text: "database = none\nkeys = none\nassets = none\n\(line)").scanner
        }
        #expect(try choice("") == .usual)
        #expect(try choice("scanner = none") == .none)
        #expect(try choice("scanner = /run/clamav/clamd.ctl") == .socket("/run/clamav/clamd.ctl"))
        for line in ["scanner =", "scanner = no", "scanner = clamd.ctl", "scanner = 127.0.0.1:3310"] {
            #expect(throws: Settings.Unusable.self) { _ = try choice(line) }
        }
    }

    @Test func `the log of a start says whether files are scanned`() async throws {
        func said(_ scanner: VirusScanner) async -> String {
            let log = LogBook()
            await scanner.announce(log.logger)
            return log.lines.joined()
        }
        #expect(await said(.off).contains("are not scanned for viruses why=scanner = none"))
        #expect(await said(VirusScanner(.usual, usual: "/tmp/nothing")).contains("why=nothing is at /tmp/nothing"))
        #expect(await said(VirusScanner(.socket("/tmp/nothing"))).contains("error no file is taken: the virus scanner"))
        try await FakeClamd.behaving(.honest()) { clamd in
            #expect(await said(clamd.scanner).hasPrefix("info files that people upload are scanned for viruses"))
        }
    }
}
