import App
import ArgumentParser
import Foundation

/// `drystone bench`
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures pages, the database or matching, as ratios against a limit or PostgreSQL's own client.",
        subcommands: [BenchPages.self, BenchDatabase.self, BenchMatch.self])
}

struct BenchPages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http", abstract: "Every page at 16 connections; documents, search and sign-in apart.")
    @OptionGroup var file: ConfigurationFile
    @Option(help: "Seconds a page.") var seconds = 3
    @Option(help: "The size of the demonstration, for the heading.") var size = "llr"
    @Option(help: "Seconds that the second start took, as the launcher measured it.") var secondStart: Double?

    @Option(help: "Only pages whose name begins like this; again for more. (The verdict is on these alone.)")
    var only: [String] = []

    func run() async throws {
        let report = try await PageBench.run(file.settings(), seconds: seconds, only: only)
        print("Pages, demonstration \(size), \(report.people) people within reach. Milliseconds in the server; "
            + "work: of a processor, an answer.")
        print("Limits: p95 \(figure(report.pages.first?.limit ?? 0)), 8 queries, 80 KB.")
        print(row([
            "page", "at once", "queries", "bytes", "p50", "p95", "p99", "req/s", "server", "database", "p95/limit", "",
        ]))
        for page in report.pages + report.apart {
            print(row([
                page.name, "\(page.connections)", "\(page.queries)", "\(page.bytes)", figure(page.p50),
                figure(page.p95), figure(page.p99), figure(page.perSecond), figure(page.serverWork),
                figure(page.databaseWork), figure(page.p95 / page.limit),
                page.isMet ? (page.tries == 1 ? "" : "\(page.tries) tries") : "not met",
            ]))
        }
        for path in report.missing { print("not measured: /\(path) (no record or nobody for it here)") }
        var verdicts = [
            Verdict(
                "pages within their limits", "\(report.pages.filter(\.isMet).count) of \(report.pages.count)", "all",
                report.pages.allSatisfy(\.isMet)),
            Verdict("caseload page, of pgbench's \(figure(report.caseload.peer))/s with its statements",
                    figure(report.caseload.ratio), "at least 0.5", report.caseload.ratio >= 0.5),
        ]
        verdicts += report.apart.map { apart in
            Verdict("\(apart.name), \(apart.connections) at once: p95", "\(figure(apart.p95)) ms",
                    "under \(figure(apart.limit)) ms", apart.isMet)
        }
        verdicts += [
            Verdict("memory of the server during the pages", "\(figure(report.pageMegabytes)) MB", "under 150 MB",
                    report.pageMegabytes < 150),
            Verdict("memory of the server during the sign-ins", "\(figure(report.signInMegabytes)) MB", "under 250 MB",
                    report.signInMegabytes < 250),
        ]
        if let secondStart {
            verdicts.append(Verdict(
                "second start, until ready", "\(figure(secondStart)) s", "under 3 s", secondStart < 3))
        }
        try conclude(verdicts, isComplete: report.missing.isEmpty)
    }
}

struct BenchDatabase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "db", abstract: "One prepared query against pgbench.")
    @OptionGroup var file: ConfigurationFile
    @Option(help: "Seconds a measurement.") var seconds = 6
    @Option(help: "The size of the demonstration, for the heading.") var size = "llr"

    func run() async throws {
        let settings = try file.settings()
        var verdicts: [Verdict] = []
        print(row(["work", "at once", "ours/s", "p50", "p95", "p99", "pgbench/s", "ratio"]))
        for work in DatabaseBench.Work.allCases {
            for connections in [8, 16] {
                let found = try await DatabaseBench.run(
                    conninfo: settings.database(as: "app"), connections: connections, seconds: seconds, work: work)
                print(row([
                    work.rawValue, "\(connections)", figure(found.transactionsPerSecond), figure(found.p50),
                    figure(found.p95), figure(found.p99), figure(found.pgbenchTransactionsPerSecond),
                    figure(found.ratio),
                ]))
                verdicts.append(Verdict("\(work.rawValue) at \(connections) connections, of pgbench -M prepared",
                                        figure(found.ratio), "at least 0.70", found.ratio >= 0.70))
            }
        }
        try conclude(verdicts)
    }
}

struct BenchMatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Households against homes, invented ones; needs no database.")
    @Option(help: "Rounds a measurement.") var rounds = 40
    @Option(help: "What the invented homes and households follow from.") var seed: UInt64 = 1

    func run() throws {
        let measurements = MatchBench.run(rounds: rounds, seed: seed)
        print("Milliseconds, \(rounds) rounds, seed \(seed).")
        print(row(["work", "found", "p50", "p95", "limit", "p95/limit"]))
        for one in measurements {
            print(row([
                one.name, "\(one.found)", figure(one.p50), figure(one.p95), figure(one.limit),
                figure(one.p95 / one.limit),
            ]))
        }
        try conclude(measurements.map { one in
            Verdict("\(one.name): p95", "\(figure(one.p95)) ms", "under \(figure(one.limit)) ms", one.isMet)
        })
    }
}

/// One figure beside its limit.
private struct Verdict {
    let what: String
    let figure: String
    let limit: String
    let isMet: Bool

    init(_ what: String, _ figure: String, _ limit: String, _ isMet: Bool) {
        (self.what, self.figure, self.limit, self.isMet) = (what, figure, limit, isMet)
    }
}

/// Says each verdict; exit code 1 unless every limit is met and everything was measured.
private func conclude(_ verdicts: [Verdict], isComplete: Bool = true) throws {
    for verdict in verdicts {
        print("\(verdict.isMet ? "met    " : "not met") \(verdict.what): \(verdict.figure) (\(verdict.limit))")
    }
    if !isComplete || verdicts.contains(where: { !$0.isMet }) { throw ExitCode(1) }
}

private func row(_ cells: [String]) -> String {
    cells.enumerated().map { index, cell in
        let width = index == 0 ? 34 : 10
        let space = String(repeating: " ", count: max(1, width - cell.count))
        return index == 0 ? cell + space : space + cell
    }.joined()
}

private func figure(_ number: Double) -> String { String(format: number < 100 ? "%.2f" : "%.0f", number) }
