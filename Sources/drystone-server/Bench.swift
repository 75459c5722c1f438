import App
import ArgumentParser
import Foundation

/// `drystone bench`
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures pages or the database, as ratios against a limit or PostgreSQL's own client.",
        subcommands: [BenchPages.self, BenchDatabase.self])
}

struct BenchPages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "http", abstract: "Every page at 16 connections.")
    @OptionGroup var file: ConfigurationFile
    @Option(help: "Seconds a page.") var seconds = 5
    @Option(help: "The size of the demonstration, for the heading.") var size = "llr"

    func run() async throws {
        let report = try await PageBench.run(file.settings(), seconds: seconds)
        print("Pages, demonstration \(size), 16 connections; milliseconds in the server; limits: p95 25, 8 queries, 80 KB")
        print(row(["page", "queries", "bytes", "p50", "p95", "p99", "req/s", "p95/limit"]))
        for page in report.pages {
            print(row([
                page.name, "\(page.queries)", "\(page.bytes)", figure(page.p50), figure(page.p95), figure(page.p99),
                figure(page.perSecond), figure(page.p95 / 25),
            ]))
        }
        print("caseload page against pgbench running its statement: \(figure(report.caseloadRatio)) (at least 0.5); "
            + "pgbench \(figure(report.caseloadPeerPerSecond))/s")
        print("server memory at most \(figure(report.peakMegabytes)) MB (150)")
    }
}

struct BenchDatabase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "db", abstract: "One prepared query against pgbench.")
    @OptionGroup var file: ConfigurationFile
    @Option(help: "Seconds a measurement.") var seconds = 6
    @Option(help: "The size of the demonstration, for the heading.") var size = "llr"

    func run() async throws {
        let settings = try file.settings()
        print(row(["work", "connections", "ours/s", "p50", "p95", "p99", "pgbench/s", "ratio"]))
        for work in DatabaseBench.Work.allCases {
            for connections in [8, 16] {
                let found = try await DatabaseBench.run(
                    conninfo: settings.database(as: "app"), connections: connections, seconds: seconds, work: work)
                print(row([
                    work.rawValue, "\(connections)", figure(found.transactionsPerSecond), figure(found.p50),
                    figure(found.p95), figure(found.p99), figure(found.pgbenchTransactionsPerSecond), figure(found.ratio),
                ]))
            }
        }
        print("limit: statement at least 0.70 of pgbench -M prepared")
    }
}

private func row(_ cells: [String]) -> String {
    cells.enumerated().map { index, cell in
        let width = index == 0 ? 18 : 11
        let space = String(repeating: " ", count: max(1, width - cell.count))
        return index == 0 ? cell + space : space + cell
    }.joined()
}

private func figure(_ number: Double) -> String { String(format: number < 100 ? "%.2f" : "%.0f", number) }
