import Foundation

/// `drystone doctor`: looks at everything that a server stands on, changes nothing, and says what is wrong.
public enum DoctorCommand {
    /// One thing that was looked at.
    public struct Finding: Sendable, Encodable, Equatable {
        /// How bad it is.
        public enum Status: String, Sendable, Encodable {
            case ok, advice, wrong
        }
        /// How bad it is.
        public let status: Status
        /// What was found, a sentence.
        public let what: String
        /// What to do about it; empty when there is nothing to do.
        public let todo: String
    }

    /// Looks at everything in turn. Throws only when the configuration itself can't be read.
    public static func run(configuration path: String) async throws -> [Finding] {
        let settings = try Settings(file: path)
        var findings = Findings()
        findings.ok("The configuration \(path) can be read.")
        findings.examineAddress(settings)
        findings.examineAssets(settings)
        await findings.examinePDF(PDFMaker(settings))
        await findings.examineWorkbooks(WorkbookReader(settings))
        findings.examineDisks([(path as NSString).deletingLastPathComponent, settings.keys, settings.witness])
        let keys = findings.examineKeyFiles(settings)
        let roles = await findings.examineRoles(settings)
        if roles.contains("auth") {
            await findings.examineRights(settings)
            await findings.examineServerSettings(settings)
            if await findings.examineSchema(settings), let partnership = await findings.examinePartnership(settings) {
                await findings.examineWriting(settings, partnership)
                if let keys { await findings.examineServerKey(settings, keys, partnership) }
                if roles.contains("auditor") { await findings.examineSealer(settings, keys, partnership) }
                if let keys, roles.contains("migrator") { await findings.examineVault(settings, keys) }
            }
        }
        findings.examineWitness(settings)
        findings.examineBreachList(settings)
        await findings.examineScanner(VirusScanner(settings.scanner))
        return findings.all
    }
}

/// What was found so far.
struct Findings: Sendable {
    private(set) var all: [DoctorCommand.Finding] = []

    /// As it should be.
    mutating func ok(_ what: String) { all.append(.init(status: .ok, what: what, todo: "")) }

    /// Worth knowing; nothing is broken.
    mutating func advice(_ what: String, _ todo: String) { all.append(.init(status: .advice, what: what, todo: todo)) }

    /// To be put right.
    mutating func wrong(_ what: String, _ todo: String) { all.append(.init(status: .wrong, what: what, todo: todo)) }

    /// An error where an answer was expected.
    mutating func wrong(_ what: String, _ error: any Error) {
        wrong(what, CommandFailure(explaining: error).description)
    }
}
