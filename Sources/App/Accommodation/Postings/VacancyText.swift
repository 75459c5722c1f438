import Crypto
import Foundation

/// A vacancy as plain text, to be copied to Routes to Support. Made of closed words and of the area's name: nothing
/// that anybody typed about the service or the unit is in it, so where it is can't slip out by what somebody wrote.
struct VacancyText: Equatable, Sendable {
    let lines: [String]

    init(_ unit: ProvidedUnit) {
        let terms = unit.service.terms
        func facts(_ fact: HomeFact) -> String {
            let features = UnitFeature.allCases.filter { !$0.isPet && unit.size.features[$0] == fact }.map(\.label)
            return features.joined(separator: ", ")
        }
        func needs(_ fact: HomeFact) -> String {
            NeedTaken.allCases.filter { (terms.needs[$0] ?? .notKnown) == fact }.map(\.label).joined(separator: ", ")
        }
        let pets = UnitFeature.allCases.filter { $0.isPet && unit.size.features[$0] == .yes }.map(\.label)
        func said(_ fact: HomeFact) -> String { fact == .notKnown ? "ask us" : fact.label.lowercased() }
        let unknown = [facts(.notKnown), needs(.notKnown)].filter { !$0.isEmpty }.joined(separator: ", ")
        let rows: [(String, String)] = [
            ("Reference", unit.name), ("Kind", terms.kind.label), ("Area", unit.service.areaName),
            ("Only for people of that area", terms.isOwnAreaOnly ? "yes" : ""), ("Space", unit.size.line),
            ("For", terms.takes.label), ("Trans people", said(terms.takesTrans)), ("Sons", terms.sonsLabel),
            ("Shares a toilet, washing or cooking", said(terms.shares)),
            ("Access", facts(.yes)), ("Not there", facts(.no)), ("Animals", pets.joined(separator: ", ")),
            ("Taken with", needs(.yes)), ("Not taken with", needs(.no)), ("Ask about", unknown),
            ("Without recourse to public funds", terms.nrpfLabel), ("Staff", terms.staffing.label),
        ]
        lines = rows.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
    }

    var text: String { lines.joined(separator: "\n") }
    /// What a press says that it has copied.
    var mark: String { Data(SHA256.hash(data: Data(text.utf8))).hex }
}

/// What was done on Routes to Support last, of one unit.
struct UnitPosting: Sendable {
    enum Kind: String { case posted, takenDown }
    let unit: UUID
    let kind: Kind
    /// What was posted, word for word.
    let said: String
    let at: Date
    let by: String
}

/// How a free unit stands on Routes to Support.
enum PostingState: Sendable {
    case never, current(UnitPosting), stale(UnitPosting), takenDown(UnitPosting)

    init(_ last: UnitPosting?, now text: VacancyText) {
        guard let last else { self = .never; return }
        self = last.kind == .takenDown ? .takenDown(last) : last.said == text.text ? .current(last) : .stale(last)
    }
}
