import Foundation
import Postgres

/// An agency's licensed wording of a tool: one line for each item, with its version and the days on which it holds.
struct InstrumentWording: Sendable {
    let id: UUID
    let code: InstrumentCode
    let version: String
    let from: Day
    let until: Day?
    let lines: [String]
    let loadedAt: Date
    let loadedBy: String
}

extension Instrument {
    /// The words with which an item is asked: the agency's licensed ones where they fit, or our prompt.
    func words(_ item: InstrumentItem, _ wording: InstrumentWording?) -> String {
        guard let wording, wording.code == code, wording.lines.count == items.count else { return item.prompt }
        return wording.lines[item.number - 1]
    }
}
