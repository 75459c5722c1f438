import Foundation
import Pages
import Postgres

/// What an agency says beside its file.
struct ReturnForm: Sendable {
    static let file = "file"
    let optOut: OptOut
    let optOutWords: String?
    let seriesBreak: String?

    init?(_ answers: inout Answers, isHealth: Bool) {
        var optOut = OptOut.notHealth
        if isHealth {
            let chosen = OptOut(rawValue: answers["opt-out"]).flatMap { OptOut.answers.contains($0) ? $0 : nil }
            if chosen == nil { answers.refuse("opt-out", "Select how the national data opt-out was applied") }
            optOut = chosen ?? .applied
        }
        let words = isHealth ? answers.text("opt-out-words", most: 1_000, name: "Why it does not apply") : ""
        if optOut == .notApplicable, words.isEmpty {
            answers.refuse("opt-out-words", "Enter why the opt-out does not apply to this file")
        }
        let change = answers.text("break", most: 1_000, name: "What changed")
        guard !answers.areRefused else { return nil }
        self.optOut = optOut
        optOutWords = words.isEmpty ? nil : words
        seriesBreak = change.isEmpty ? nil : change
    }
}

/// A call as one of the agencies that it asks answers it.
struct DataSending: Sendable {
    let call: DataCall
    let agency: AskedAgency
    let standing: CallStanding
    /// The reader's agencies that the call asks.
    let agencies: [AskedAgency]

    var path: String { call.ownPath + (agencies.count > 1 ? "?agency=\(agency.id.column)" : "") }
}

/// A word of an agency that is to mean an answer of the specification.
struct NewMapping: Sendable {
    let field: String
    let written: String
    let category: String
}

/// A row as it is kept: what tells nobody who it is about.
struct StoredRow: Sendable {
    let line: Int
    let place: Int
    let bytes: Int
    let isBad: Bool
    let answers: [String]
    let remarks: [String]
}

/// What is said of a file in words of the file itself: for whoever sent it alone.
struct FileWords: Codable, Equatable, Sendable {
    /// Columns that the file names, where something is wrong with them.
    var found: [String] = []
    /// Columns of the specification that something is wrong with.
    var columns: [String] = []
    /// Answers that nobody has mapped: by column, each with how often it stands there.
    var unmapped: [String: [String: Int]] = [:]
}
